/* What the layers of vmcompute ask of the caller: its privileges, and its files. */
#ifndef MOCK_LAYERS_H
#define MOCK_LAYERS_H

#include "port.h"

/* True when this thread has the privileges that write every file of an image. */
bool privileges_are_on(void);

#ifndef _WIN32
/* Nothing is said of any file, and the user is elevated. */
void security_reset_locked(void);
#endif

#endif
