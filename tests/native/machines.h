/* Virtual machines: the files that are made for them, and the rights on files. */
#ifndef MOCK_MACHINES_H
#define MOCK_MACHINES_H

#include "core.h"

/* Ends a paused machine whose file exists and was granted to it. */
HRESULT machine_save(System *system, PCWSTR options);
HRESULT machine_crash(System *system, PCWSTR options);

#endif
