/* The thread that events and completions come from. */
#include "inner.h"
#include <stdlib.h>

Task *tasks;
int busy;
static bool dispatching;

static void dispatch(void *unused)
{
    (void)unused;
    port_lock(&core_lock);
    while (true) {
        uint64_t now = port_milliseconds();
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
    *task = (Task){ port_milliseconds() + (uint64_t)delay, run, argument, NULL };
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
