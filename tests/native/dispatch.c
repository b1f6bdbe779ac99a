/* The thread that events and completions come from. */
#include "inner.h"
#include <stdlib.h>

Task *tasks;
int busy;
static bool dispatching;
static int sleeping;
static uint64_t skipped;

/* The time of every delay: that of the machine, and what a test has skipped of it. */
static uint64_t now_locked(void) { return port_milliseconds() + skipped; }

static void dispatch(void *unused)
{
    (void)unused;
    port_lock(&core_lock);
    while (true) {
        uint64_t now = now_locked();
        if (!tasks) { port_wait(&core_changed, &core_lock, -1); continue; }
        if (tasks->due > now) { port_wait(&core_changed, &core_lock, (int64_t)(tasks->due - now)); continue; }
        Task *task = tasks;
        tasks = task->next;
        busy++;
        port_unlock(&core_lock);
        task->run(task->argument);
        free(task);
        port_lock(&core_lock);
        busy--;
        port_wake_all(&core_changed);
    }
}

void post_locked(int delay, void (*run)(void *), void *argument)
{
    Task *task = malloc(sizeof *task);
    *task = (Task){ now_locked() + (uint64_t)delay, run, argument, NULL };
    Task **link = &tasks;
    while (*link && (*link)->due <= task->due) link = &(*link)->next;
    task->next = *link;
    *link = task;
    if (!dispatching) { dispatching = true; port_thread(dispatch, NULL); }
    port_wake_all(&core_changed);
}

void core_post(int delay, void (*run)(void *), void *argument)
{
    port_lock(&core_lock);
    post_locked(delay, run, argument);
    port_unlock(&core_lock);
}

void core_sleep(int milliseconds)
{
    port_lock(&core_lock);
    uint64_t end = now_locked() + (uint64_t)milliseconds;
    sleeping++;
    port_wake_all(&core_changed);
    for (uint64_t now; (now = now_locked()) < end;) port_wait(&core_changed, &core_lock, (int64_t)(end - now));
    sleeping--;
    port_unlock(&core_lock);
}

/* Lets that much time pass at once for everything that is delayed; 0 when nothing has been within the limit. */
EXPORT int mock_skip(int milliseconds, int limit)
{
    uint64_t end = port_milliseconds() + (uint64_t)limit;
    port_lock(&core_lock);
    bool delayed;
    while (!(delayed = sleeping > 0 || (tasks && tasks->due > now_locked())) && port_milliseconds() < end)
        port_wait(&core_changed, &core_lock, 10);
    if (delayed) skipped += (uint64_t)milliseconds;
    port_wake_all(&core_changed);
    port_unlock(&core_lock);
    return delayed;
}
