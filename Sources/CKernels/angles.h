#ifndef MORELLI_ANGLES_H
#define MORELLI_ANGLES_H

// Not sqrtf: its error number would keep the loops from being vectorised.
static inline __attribute__((always_inline)) float root(float x) { return __builtin_elementwise_sqrt(x); }

// The angle of (x, y) in turns, -0.5 ... 0.5, to about 1e-6: a polynomial of the smaller over the larger side.
// (Coefficients: least maximum error of the odd polynomial of degree 11 for atan on 0 ... 1.) 0 for (0, 0).
static inline __attribute__((always_inline)) float turns_of(float y, float x) {
  float ax = __builtin_fabsf(x), ay = __builtin_fabsf(y);
  float large = ax > ay ? ax : ay, small = ax > ay ? ay : ax;
  float t = small / (large > 1e-20f ? large : 1e-20f), s = t * t;
  float p = -0.01172120f;
  p = p * s + 0.05265332f;
  p = p * s - 0.11643287f;
  p = p * s + 0.19354346f;
  p = p * s - 0.33262347f;
  p = p * s + 0.99997726f;
  p = p * t * 0.15915494f;
  p = ay > ax ? 0.25f - p : p;
  p = x < 0 ? 0.5f - p : p;
  return y < 0 ? -p : p;
}

#endif
