#ifndef MORELLI_VERSIONS_H
#define MORELLI_VERSIONS_H

// VERSIONED marks a function that is compiled for AVX2 and FMA (x86-64-v3: 2013 and newer) and for the plain CPU;
// VERSIONED_512 one that is compiled for AVX-512 (x86-64-v4) as well.
#if defined(__x86_64__) && defined(__linux__)
#define VERSIONED __attribute__((target_clones("arch=x86-64-v3", "default")))
#define VERSIONED_512 __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define VERSIONED
#define VERSIONED_512
#endif

#endif
