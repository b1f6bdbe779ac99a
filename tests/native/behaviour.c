/* What the processes of a mock can do, chosen by command line. */
#include "inner.h"
#include <stdlib.h>
#include <string.h>

static const char *after(const char *command, const char *name)
{
    size_t length = strlen(name);
    if (strncmp(command, name, length) != 0 || (command[length] && command[length] != ' ')) return NULL;
    return command[length] ? command + length + 1 : command + length;
}

bool process_knows(const char *command)
{
    static const char *const names[] = { "exit", "echo", "complain", "cat", "sleep", "spew", "stubborn", "orphan" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (after(command, names[i])) return true;
    return false;
}

static void line(Process *process, Pipe *pipe, const char *text)
{
    if (!pipe) return;
    port_write(pipe, text, (int)strlen(text), &process->stop);
    port_write(pipe, "\r\n", 2, &process->stop);
}

static void copy(Process *process)
{
    char buffer[4096];
    int count;
    while (process->in && (count = port_read(process->in, buffer, sizeof buffer, &process->stop, &process->stdin_closed)) > 0)
        if (process->out && !port_write(process->out, buffer, count, &process->stop)) break;
}

static void spew(Process *process, long long bytes)
{
    char buffer[4096];
    memset(buffer, 'x', sizeof buffer);
    while (process->out && bytes > 0) {
        int count = bytes < (long long)sizeof buffer ? (int)bytes : (int)sizeof buffer;
        if (!port_write(process->out, buffer, count, &process->stop)) break;
        bytes -= count;
    }
}

struct Orphan { Pipe *out, *err; long long bytes; };

/* A process of its own: nothing of the one that started it is looked at. */
static void orphan_main(void *argument)
{
    struct Orphan *orphan = argument;
    volatile bool never = false;
    char buffer[4096];
    memset(buffer, 'x', sizeof buffer);
    port_sleep(300);
    bool good = true;
    for (long long left = orphan->bytes; good && orphan->out && left > 0; left -= (long long)sizeof buffer)
        good = port_write(orphan->out, buffer, left < (long long)sizeof buffer ? (int)left : (int)sizeof buffer, &never);
    const char *word = good ? "written" : "failed";
    if (orphan->err) port_write(orphan->err, word, (int)strlen(word), &never);
    port_close(orphan->out);
    port_close(orphan->err);
    free(orphan);
}

/* It takes the pipes along, so that they do not close with its parent. */
static void leave_orphan(Process *process, long long bytes)
{
    struct Orphan *orphan = malloc(sizeof *orphan);
    *orphan = (struct Orphan){ process->out, process->err, bytes };
    process->out = process->err = NULL;
    port_thread(orphan_main, orphan);
}

static DWORD run(Process *process)
{
    const char *rest;
    /* A console whose input is at its end from the start gets Ctrl+C at once. */
    if (process->console && !process->in) return 0xC000013Au;
    if ((rest = after(process->command, "exit"))) return (DWORD)strtoul(rest, NULL, 10);
    if ((rest = after(process->command, "echo"))) line(process, process->out, rest);
    else if ((rest = after(process->command, "complain"))) line(process, process->err, rest);
    else if (after(process->command, "cat")) copy(process);
    else if ((rest = after(process->command, "spew"))) spew(process, atoll(rest));
    else if ((rest = after(process->command, "sleep"))) {
        uint64_t end = port_milliseconds() + strtoul(rest, NULL, 10);
        while (!process->stop && port_milliseconds() < end) port_sleep(2);
    }
    else if ((rest = after(process->command, "orphan"))) {
        line(process, process->out, "first");
        leave_orphan(process, atoll(rest));
    }
    else if (after(process->command, "stubborn")) {
        /* Withstands a shutdown: only a kill or a termination ends it. */
        line(process, process->out, "ready");
        while (!process->killed && !process->system->forced && !process->system->disconnected) port_sleep(2);
    }
    return process->stop ? 1 : 0;
}

void process_main(void *argument)
{
    Process *process = argument;
    core_process_ended(process, run(process));
}
