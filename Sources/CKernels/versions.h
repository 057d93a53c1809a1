#ifndef MORELLI_VERSIONS_H
#define MORELLI_VERSIONS_H

// Marks a function that is compiled for AVX2 (Haswell, 2013, and newer) and for the plain CPU.
#if defined(__x86_64__) && defined(__linux__)
#define VERSIONED __attribute__((target_clones("arch=x86-64-v3", "default")))
#else
#define VERSIONED
#endif

#endif
