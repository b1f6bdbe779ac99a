#ifndef _WIN32
#define _GNU_SOURCE
#include "port.h"
#include "text.h"
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

struct Pipe { int fd; };

static bool make(Pipe **ours, HANDLE *theirs, int our_end)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return false;
    fcntl(ends[our_end], F_SETFL, O_NONBLOCK);
    *ours = malloc(sizeof(Pipe));
    (*ours)->fd = ends[our_end];
    *theirs = (HANDLE)(intptr_t)ends[1 - our_end];
    return true;
}

bool port_pipe_to_library(Pipe **ours, HANDLE *theirs) { return make(ours, theirs, 0); }
bool port_pipe_from_library(Pipe **ours, HANDLE *theirs) { return make(ours, theirs, 1); }

int port_read(Pipe *pipe, void *buffer, int size, volatile bool *stop, volatile bool *last)
{
    while (!*stop) {
        bool drained_is_end = *last;
        ssize_t count = read(pipe->fd, buffer, (size_t)size);
        if (count >= 0) return (int)count;
        if (errno != EAGAIN && errno != EINTR) return 0;
        if (drained_is_end) return 0;
        struct pollfd wait = { pipe->fd, POLLIN, 0 };
        poll(&wait, 1, 10);
    }
    return 0;
}

bool port_write(Pipe *pipe, const void *buffer, int size, volatile bool *stop)
{
    const char *next = buffer;
    while (size > 0 && !*stop) {
        ssize_t count = write(pipe->fd, next, (size_t)size);
        if (count > 0) { next += count; size -= (int)count; continue; }
        if (errno != EAGAIN && errno != EINTR) return false;
        struct pollfd wait = { pipe->fd, POLLOUT, 0 };
        poll(&wait, 1, 10);
    }
    return size == 0;
}

void port_close(Pipe *pipe) { if (pipe) { close(pipe->fd); free(pipe); } }

bool port_folder(PCWSTR path, uint64_t number[2])
{
    struct stat status;
    char *name = text_narrow(path);
    bool found = stat(name, &status) == 0 && S_ISDIR(status.st_mode);
    free(name);
    if (found) { number[0] = (uint64_t)status.st_dev; number[1] = (uint64_t)status.st_ino; }
    return found;
}

bool port_is_absolute(PCWSTR path) { return path[0] == '/'; }

bool port_make_folder(PCWSTR path)
{
    char *name = text_narrow(path);
    bool made = mkdir(name, 0755) == 0 || errno == EEXIST;
    free(name);
    return made;
}

static char *join(PCWSTR folder, const char *name)
{
    Text path = { 0 };
    char *narrow = text_narrow(folder);
    text_add(&path, "%s/%s", narrow, name);
    free(narrow);
    return path.data;
}

bool port_has(PCWSTR folder, const char *name)
{
    char *path = join(folder, name);
    bool has = access(path, F_OK) == 0;
    free(path);
    return has;
}

bool port_write_file(PCWSTR folder, const char *name)
{
    char *path = join(folder, name);
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    free(path);
    return file >= 0 && close(file) == 0;
}

static int delete_one(const char *path, const struct stat *status, int flag, struct FTW *walk)
{
    (void)status, (void)flag, (void)walk;
    return remove(path);
}

bool port_delete_folder(PCWSTR path)
{
    char *name = text_narrow(path);
    bool deleted = nftw(name, delete_one, 16, FTW_DEPTH | FTW_PHYS) == 0;
    free(name);
    return deleted;
}

void port_lock_init(Lock *lock) { pthread_mutex_init(lock, NULL); }

void port_signal_init(Signal *signal)
{
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(signal, &attributes);
}

void port_lock(Lock *lock) { pthread_mutex_lock(lock); }
void port_unlock(Lock *lock) { pthread_mutex_unlock(lock); }

bool port_wait(Signal *signal, Lock *lock, int64_t milliseconds)
{
    if (milliseconds < 0) return pthread_cond_wait(signal, lock) == 0;
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += milliseconds / 1000;
    until.tv_nsec += (milliseconds % 1000) * 1000000;
    if (until.tv_nsec >= 1000000000) { until.tv_sec++; until.tv_nsec -= 1000000000; }
    return pthread_cond_timedwait(signal, lock, &until) == 0;
}

void port_wake_all(Signal *signal) { pthread_cond_broadcast(signal); }

uint64_t port_milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

void port_sleep(int milliseconds) { usleep((useconds_t)milliseconds * 1000); }

struct Start { void (*run)(void *); void *argument; };

static void *begin(void *argument)
{
    struct Start start = *(struct Start *)argument;
    free(argument);
    start.run(start.argument);
    return NULL;
}

void port_thread(void (*run)(void *), void *argument)
{
    struct Start *start = malloc(sizeof *start);
    start->run = run;
    start->argument = argument;
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    pthread_attr_setstacksize(&attributes, 512 * 1024);
    pthread_t thread;
    if (pthread_create(&thread, &attributes, begin, start) != 0) abort();
    pthread_attr_destroy(&attributes);
}

__attribute__((constructor)) static void loaded(void) { mock_initialize(); }

#endif
