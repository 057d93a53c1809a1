#ifndef MORELLI_CKERNELS_H
#define MORELLI_CKERNELS_H

// Inner loops over pixels that the compiler turns into vector instructions, in versions for several CPUs between which
// the loader chooses as the program starts. Kernels gives each a safe door; nobody else imports this.

#include "cooccurrence.h"
#include "edges.h"
#include "grey.h"
#include "orientation.h"
#include "shape_context.h"

#endif
