#ifndef MORELLI_CKERNELS_H
#define MORELLI_CKERNELS_H

// Inner loops over pixels that the compiler turns into vector instructions, in versions for several CPUs between which
// the loader chooses as the program starts. Kernels gives each a safe door; nobody else imports this.

#include "colour.h"
#include "convolution.h"
#include "cooccurrence.h"
#include "descent.h"
#include "directions.h"
#include "edges.h"
#include "gabor.h"
#include "gradient.h"
#include "grey.h"
#include "layout.h"
#include "lbp.h"
#include "least_squares.h"
#include "markov.h"
#include "neighbours.h"
#include "orientation.h"
#include "panels.h"
#include "pyramid.h"
#include "resample.h"
#include "shape_context.h"
#include "tamura.h"
#include "transformer.h"

#endif
