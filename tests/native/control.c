/* What the tests tell the mocks, and ask of them. */
#include "inner.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

Lock core_lock;
Signal core_changed;

void mock_initialize(void)
{
    port_lock_init(&core_lock);
    port_signal_init(&core_changed);
}

/* Every answer of later calls is as planned: the nth call of that function from now on, each of them where nth is -1. */
EXPORT void mock_set_fault(
    const char *function, int nth, int kind, int hresult, int delay, const char *document)
{
    Plan *plan = calloc(1, sizeof *plan);
    snprintf(plan->name, sizeof plan->name, "%s", function);
    plan->countdown = nth;
    plan->fault = (Fault){ (FaultKind)kind, hresult, delay, document ? strdup(document) : NULL };
    port_lock(&core_lock);
    plan->next = plans;
    plans = plan;
    port_unlock(&core_lock);
}

/* Back to a service that works and has no system; what is alive stays alive and counted. */
EXPORT void mock_reset(void)
{
    port_lock(&core_lock);
    for (System *left = systems, *next; left; left = next) {
        next = left->next;
        begin_exit_locked(left, "ForcedExit", S_OK);
    }
    plans = NULL;
    for (Call *call = calls; call; call = call->next) { call->count = 0; call->held = false; }
    port_wake_all(&core_changed);
    memset(lost, 0, sizeof lost);
    replay = core_exit_data = core_created_told = true;
    close_emits = core_closes_pending = core_has_disconnected = false;
    exit_delay = 0;
    violations = 0;
    forget_record_locked();
    surface_reset_locked();
    port_unlock(&core_lock);
}

EXPORT int mock_alive(int kind)
{
    port_lock(&core_lock);
    int count = alive[kind];
    port_unlock(&core_lock);
    return count;
}

EXPORT int mock_systems(void)
{
    int count = 0;
    port_lock(&core_lock);
    for (System *system = systems; system; system = system->next) count++;
    port_unlock(&core_lock);
    return count;
}

EXPORT int mock_calls(const char *function)
{
    port_lock(&core_lock);
    int count = call_of(function)->count;
    port_unlock(&core_lock);
    return count;
}

/* Calls of that function stay inside it, before they do anything, for as long as it is held. */
EXPORT void mock_hold(const char *function, int on)
{
    port_lock(&core_lock);
    call_of(function)->held = on;
    port_wake_all(&core_changed);
    port_unlock(&core_lock);
}

/* Calls that are inside the function because it is held. */
EXPORT int mock_waiting(const char *function)
{
    port_lock(&core_lock);
    int count = call_of(function)->waiting;
    port_unlock(&core_lock);
    return count;
}

/* The document of the last call, in UTF-8; size bytes at most. */
EXPORT void mock_last_document(const char *function, char *text, int size)
{
    port_lock(&core_lock);
    const char *document = call_of(function)->document;
    snprintf(text, (size_t)size, "%s", document ? document : "");
    port_unlock(&core_lock);
}

EXPORT int mock_violations(char *text, int size)
{
    port_lock(&core_lock);
    int count = violations;
    snprintf(text, (size_t)size, "%s", count ? violation_text : "");
    port_unlock(&core_lock);
    return count;
}

EXPORT void mock_set_replay(int on) { replay = on; }
EXPORT void mock_set_created_told(int on) { core_created_told = on; }
EXPORT void mock_set_exit_data(int on) { core_exit_data = on; }
EXPORT void mock_set_close_emits(int on) { close_emits = on; }
EXPORT void mock_set_closes_pending(int on) { core_closes_pending = on; }
EXPORT void mock_set_exit_delay(int milliseconds) { exit_delay = milliseconds; }

EXPORT void mock_lose_event(int kind, int count)
{
    port_lock(&core_lock);
    lost[kind] = count;
    port_unlock(&core_lock);
}

/* A system that somebody else created and perhaps started. */
EXPORT int mock_add_system(PCWSTR id, PCWSTR document, int started)
{
    System *system;
    HRESULT hresult = core_create(id, document, &system);
    return hresult < 0 || !started ? hresult : core_start(system);
}

EXPORT int mock_exit_system(PCWSTR id, const char *exit_type, int status)
{
    System *system;
    HRESULT hresult = core_find(id, &system);
    return hresult < 0 ? hresult : core_exit(system, exit_type, status);
}

EXPORT void mock_disconnect(void)
{
    port_lock(&core_lock);
    core_has_disconnected = true;
    while (systems) {
        System *system = systems;
        systems = system->next;
        system->disconnected = true;
        for (Process *process = system->processes; process; process = process->next) process->stop = true;
    }
    post_locked(0, raise_now, event_of(NULL, NULL, EVENT_DISCONNECTED, surface_code(CODE_DISCONNECTED), NULL));
    port_unlock(&core_lock);
    surface_disconnect();
}

typedef struct { DWORD raw; int count; char *data; } Storm;

static void storm(void *argument)
{
    Storm *storm = argument;
    for (int i = 0; i < storm->count; i++) {
        Event *event = event_of(NULL, NULL, EVENT_RAW, S_OK, storm->data);
        event->raw = storm->raw;
        raise_now(event);
    }
    free(storm->data);
    free(storm);
    port_lock(&core_lock);
    busy--;
    port_wake_all(&core_changed);
    port_unlock(&core_lock);
}

/* Events of any number to everybody, from threads of their own. */
EXPORT void mock_emit(unsigned raw, int threads, int count, const char *data)
{
    for (int i = 0; i < threads; i++) {
        Storm *one = malloc(sizeof *one);
        *one = (Storm){ raw, count, data ? strdup(data) : NULL };
        port_lock(&core_lock);
        busy++;
        port_unlock(&core_lock);
        port_thread(storm, one);
    }
}

/* 1 when no process runs and nothing waits to be delivered, 0 when that is still not so after the time. */
EXPORT int mock_wait_idle(int milliseconds)
{
    uint64_t end = port_milliseconds() + (uint64_t)milliseconds;
    port_lock(&core_lock);
    while ((tasks || busy > 0) && port_milliseconds() < end) port_wait(&core_changed, &core_lock, 10);
    bool idle = !tasks && busy == 0;
    port_unlock(&core_lock);
    return idle;
}
