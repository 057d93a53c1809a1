#ifndef MORELLI_DESCENT_H
#define MORELLI_DESCENT_H

#include <stdint.h>

/// An epoch of Bayesian personalised ranking.
typedef struct {
  int32_t factors;
  float rate, regularisation;
  uint64_t seed;
  uint32_t epoch;
  /// Works are drawn from 0 up to so many, all alike; 0 for by how many entries they have.
  int32_t evenly;
} ckernels_pairwise;

/// Entries `first` up to `last` are drawn, as many times as they are many; those of works on `side` (0 or 1, drawn anew for each epoch)
/// are preferred to a work of that side drawn as `evenly` says, unless the person has it too. `people` says whose an entry
/// is; `offsets` and `works` are all `entries` by person, ascending within each.
/// Two calls with other people and another side touch no number in common.
void ckernels_pairwise_side(
    const ckernels_pairwise *what, const int32_t *offsets, const int32_t *works, const int32_t *people, int32_t entries,
    int32_t first, int32_t last, int32_t side, float *person_factors, float *work_factors, float *biases);

/// The same descent for one person and works that don't change, from zeros: `draws` of the `count` liked works by turns, each
/// against one of the `others`. `x` gets the factors; where `parts` is not null, it gets count x factors numbers that sum to x: what
/// each liked work gave.
void ckernels_pairwise_person(
    const ckernels_pairwise *what, const int32_t *liked, int32_t count, const int32_t *others, int32_t other_count,
    int32_t draws, const float *work_factors, const float *biases, float *x, float *parts);

/// An epoch of matrix factorisation with biases.
typedef struct {
  int32_t factors;
  float mean, rate, regularisation;
} ckernels_rating_descent;

/// Each person in `order` in turn, and each of their ratings.
void ckernels_rating_epoch(
    const ckernels_rating_descent *what, const int32_t *order, int32_t people, const int32_t *offsets,
    const int32_t *works, const float *ratings, float *person_biases, float *work_biases, float *person_factors,
    float *work_factors);

#endif
