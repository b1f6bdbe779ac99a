#ifdef _WIN32
#include "port.h"
#include <stdio.h>
#include <stdlib.h>

struct Pipe { HANDLE handle; HANDLE event; };

/* Both ends are overlapped, as those of HCS are. */
static bool make(Pipe **ours, HANDLE *theirs, bool we_read)
{
    static volatile LONG last;
    WCHAR name[64];
    _snwprintf(name, 64, L"\\\\.\\pipe\\hcs-mock-%lu-%ld", GetCurrentProcessId(), InterlockedIncrement(&last));
    DWORD mode = (we_read ? PIPE_ACCESS_INBOUND : PIPE_ACCESS_OUTBOUND) | FILE_FLAG_OVERLAPPED;
    HANDLE server = CreateNamedPipeW(name, mode, PIPE_TYPE_BYTE, 1, 65536, 65536, 0, NULL);
    if (server == INVALID_HANDLE_VALUE) return false;
    HANDLE client = CreateFileW(
        name, we_read ? GENERIC_WRITE : GENERIC_READ, 0, NULL, OPEN_EXISTING, FILE_FLAG_OVERLAPPED, NULL);
    if (client == INVALID_HANDLE_VALUE) { CloseHandle(server); return false; }
    *ours = malloc(sizeof(Pipe));
    (*ours)->handle = server;
    (*ours)->event = CreateEventW(NULL, TRUE, FALSE, NULL);
    *theirs = client;
    return true;
}

bool port_pipe_to_library(Pipe **ours, HANDLE *theirs) { return make(ours, theirs, true); }
bool port_pipe_from_library(Pipe **ours, HANDLE *theirs) { return make(ours, theirs, false); }

static int finish(Pipe *pipe, OVERLAPPED *overlapped, BOOL done, volatile bool *stop, volatile bool *last)
{
    DWORD count = 0;
    if (!done && GetLastError() != ERROR_IO_PENDING) return 0;
    while (WaitForSingleObject(pipe->event, 10) == WAIT_TIMEOUT) {
        if (*stop || (last && *last)) CancelIoEx(pipe->handle, overlapped);
    }
    return GetOverlappedResult(pipe->handle, overlapped, &count, TRUE) ? (int)count : 0;
}

int port_read(Pipe *pipe, void *buffer, int size, volatile bool *stop, volatile bool *last)
{
    if (*stop) return 0;
    OVERLAPPED overlapped = { .hEvent = pipe->event };
    BOOL done = ReadFile(pipe->handle, buffer, (DWORD)size, NULL, &overlapped);
    return finish(pipe, &overlapped, done, stop, last);
}

bool port_write(Pipe *pipe, const void *buffer, int size, volatile bool *stop)
{
    const char *next = buffer;
    while (size > 0 && !*stop) {
        OVERLAPPED overlapped = { .hEvent = pipe->event };
        BOOL done = WriteFile(pipe->handle, next, (DWORD)size, NULL, &overlapped);
        int count = finish(pipe, &overlapped, done, stop, NULL);
        if (count == 0) return false;
        next += count;
        size -= count;
    }
    return size == 0;
}

void port_close(Pipe *pipe)
{
    /* What was written stays readable at the other end after the server has closed its own. */
    if (pipe) { CloseHandle(pipe->handle); CloseHandle(pipe->event); free(pipe); }
}

void port_lock_init(Lock *lock) { InitializeSRWLock(lock); }
void port_signal_init(Signal *signal) { InitializeConditionVariable(signal); }
void port_lock(Lock *lock) { AcquireSRWLockExclusive(lock); }
void port_unlock(Lock *lock) { ReleaseSRWLockExclusive(lock); }

bool port_wait(Signal *signal, Lock *lock, int64_t milliseconds)
{
    return SleepConditionVariableSRW(signal, lock, milliseconds < 0 ? INFINITE : (DWORD)milliseconds, 0) != 0;
}

void port_wake_all(Signal *signal) { WakeAllConditionVariable(signal); }
uint64_t port_milliseconds(void) { return GetTickCount64(); }
void port_sleep(int milliseconds) { Sleep((DWORD)milliseconds); }

struct Start { void (*run)(void *); void *argument; };

static DWORD WINAPI begin(void *argument)
{
    struct Start start = *(struct Start *)argument;
    free(argument);
    start.run(start.argument);
    return 0;
}

void port_thread(void (*run)(void *), void *argument)
{
    struct Start *start = malloc(sizeof *start);
    start->run = run;
    start->argument = argument;
    HANDLE thread = CreateThread(NULL, 512 * 1024, begin, start, 0, NULL);
    if (!thread) abort();
    CloseHandle(thread);
}

BOOL WINAPI DllMain(HINSTANCE instance, DWORD reason, void *reserved)
{
    (void)instance;
    (void)reserved;
    if (reason == DLL_PROCESS_ATTACH) mock_initialize();
    return TRUE;
}

#endif
