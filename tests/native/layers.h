/* What the layers of vmcompute ask of the privileges of the caller. */
#ifndef MOCK_LAYERS_H
#define MOCK_LAYERS_H

#include "port.h"

/* True when this thread has the privileges that write every file of an image. */
bool privileges_are_on(void);

#endif
