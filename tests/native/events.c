/* Events, and the callbacks they go to. */
#include "inner.h"
#include "text.h"
#include <stdlib.h>
#include <string.h>

bool core_created_told = true, core_exit_data = true, replay = true, close_emits;
bool core_closes_pending;
bool core_has_disconnected;
int exit_delay;
int lost[EVENT_RAW + 1];

static Listener *listeners;
static unsigned last_serial;

static void deliver_locked(Listener *listener, const Event *event)
{
    if (listener->closed) return;
    listener->running++;
    port_unlock(&core_lock);
    WCHAR *data = text_widen(event->data);
    surface_deliver(listener, event->kind, event->raw, event->status, data);
    free(data);
    port_lock(&core_lock);
    listener->running--;
    port_wake_all(&core_changed);
}

static bool hears(const Listener *listener, const Event *event)
{
    if (event->only) return listener->serial == event->only;
    if (event->kind == EVENT_DISCONNECTED || !event->system) return true;
    return listener->system == event->system && listener->process == event->process;
}

void raise_now(void *argument)
{
    Event *event = argument;
    bool heard = false;
    port_lock(&core_lock);
    /* Delivery lets go of the lock, so each round looks for the next listener that was there at the start. */
    int count = 0;
    Listener *targets[64];
    for (Listener *l = listeners; l && count < 64; l = l->next)
        if (!l->closed && hears(l, event)) { l->running++; targets[count++] = l; }
    if (event->kind == EVENT_PROCESS_EXITED && event->process) event->process->exit_told = true;
    if (event->kind == EVENT_SYSTEM_EXITED && event->system) event->system->exit_told = true;
    for (int i = count - 1; i >= 0; i--) {
        heard = true;
        deliver_locked(targets[i], event);
        targets[i]->running--;
        port_wake_all(&core_changed);
    }
    /* The service keeps the end of a creation for a callback that is registered after it. */
    if (event->kind == EVENT_CREATED && !heard && replay) event->system->creation_held = true;
    port_unlock(&core_lock);
    free(event->data);
    free(event);
}

Event *event_of(System *system, Process *process, EventKind kind, HRESULT status, const char *data)
{
    Event *event = calloc(1, sizeof *event);
    event->system = system;
    event->process = process;
    event->kind = kind;
    event->status = status;
    event->data = data ? strdup(data) : NULL;
    return event;
}

void raise_locked(System *system, Process *process, EventKind kind, HRESULT status, const char *data, int delay)
{
    if (lost[kind] > 0) {
        lost[kind]--;
        return;
    }
    post_locked(delay, raise_now, event_of(system, process, kind, status, data));
}

void core_raise(System *system, Process *process, EventKind kind, HRESULT status, const char *data, int delay)
{
    port_lock(&core_lock);
    raise_locked(system, process, kind, status, data, delay);
    port_unlock(&core_lock);
}

Listener *core_listen(System *system, Process *process, void *callback, void *context)
{
    Listener *listener = calloc(1, sizeof *listener);
    *listener = (Listener){ system, process, callback, context, 0, 0, false, NULL };
    port_lock(&core_lock);
    listener->serial = ++last_serial;
    listener->next = listeners;
    listeners = listener;
    alive[KIND_CALLBACK]++;
    Event *event = NULL;
    if (process && process->exit_told && replay) {
        char *status = status_of(process);
        event = event_of(system, process, EVENT_PROCESS_EXITED, S_OK, core_exit_data ? status : NULL);
        free(status);
    } else if (!process && system && system->creation_held) {
        system->creation_held = false;
        event = event_of(system, NULL, EVENT_CREATED, system->creation_status, NULL);
    } else if (!process && system && system->exit_told && replay) {
        event = event_of(system, NULL, EVENT_SYSTEM_EXITED, system->exit_status, system->exit_document);
    }
    if (event) { event->only = listener->serial; post_locked(1, raise_now, event); }
    port_unlock(&core_lock);
    return listener;
}

void core_unlisten(Listener *listener)
{
    port_lock(&core_lock);
    if (close_emits) {
        /* The close has begun: one more event comes from another thread before it is over. */
        Event *event = event_of(listener->system, listener->process, EVENT_RAW, S_OK, "{}");
        event->raw = 1;
        event->only = listener->serial;
        listener->running++;
        post_locked(0, raise_now, event);
        listener->running--;
        while (tasks) port_wait(&core_changed, &core_lock, 5);
    }
    listener->closed = true;
    while (listener->running > 0) port_wait(&core_changed, &core_lock, -1);
    Listener **link = &listeners;
    while (*link != listener) link = &(*link)->next;
    *link = listener->next;
    alive[KIND_CALLBACK]--;
    port_unlock(&core_lock);
    free(listener);
}
