/* What the caller holds. */
#include "inner.h"
#include <stdlib.h>

#define MAGIC 0x48435321u

Handle *core_handle(Kind kind, System *system, Process *process)
{
    Handle *handle = calloc(1, sizeof *handle);
    *handle = (Handle){ MAGIC, kind, system, process, NULL, NULL, 0, 0, NULL };
    port_lock(&core_lock);
    alive[kind]++;
    if (kind == KIND_SYSTEM) system->handles++;
    port_unlock(&core_lock);
    return handle;
}

Handle *core_use(void *pointer, Kind kind, const char *function)
{
    Handle *handle = pointer;
    if (handle && handle->magic == MAGIC && handle->kind == kind) return handle;
    core_violation("%s was given a handle that is closed or of another kind", function);
    return NULL;
}

void core_pending(Handle *handle)
{
    port_lock(&core_lock);
    handle->pending++;
    port_unlock(&core_lock);
}

void core_settle(void *argument)
{
    Handle *handle = argument;
    port_lock(&core_lock);
    handle->pending--;
    port_unlock(&core_lock);
}

void core_close(Handle *handle)
{
    surface_closing(handle);
    if (handle->listener) core_unlisten(handle->listener);
    bool last = false;
    port_lock(&core_lock);
    handle->magic = 0;
    alive[handle->kind]--;
    if (handle->kind == KIND_SYSTEM) last = --handle->system->handles == 0 && handle->system->dies_with_last_handle;
    port_unlock(&core_lock);
    if (last) core_exit(handle->system, "ForcedExit", S_OK);
}
