#ifdef _WIN32
#include "port.h"
#include "text.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

bool port_folder(PCWSTR path, uint64_t number[2])
{
    BY_HANDLE_FILE_INFORMATION facts;
    HANDLE folder = CreateFileW(path, 0, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL, OPEN_EXISTING,
        FILE_FLAG_BACKUP_SEMANTICS, NULL);
    if (folder == INVALID_HANDLE_VALUE) return false;
    bool found = GetFileInformationByHandle(folder, &facts) && (facts.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY);
    CloseHandle(folder);
    if (found) {
        number[0] = facts.dwVolumeSerialNumber;
        number[1] = (uint64_t)facts.nFileIndexHigh << 32 | facts.nFileIndexLow;
    }
    return found;
}

bool port_is_absolute(PCWSTR path)
{
    if (path[0] == '\\' && path[1] == '\\') return true;
    return path[0] && path[1] == ':' && path[2] == '\\';
}

bool port_make_folder(PCWSTR path) { return CreateDirectoryW(path, NULL) || GetLastError() == ERROR_ALREADY_EXISTS; }

static WCHAR *join(PCWSTR folder, PCWSTR name)
{
    WCHAR *path = malloc((wcslen(folder) + wcslen(name) + 2) * sizeof(WCHAR));
    wcscpy(path, folder);
    wcscat(path, L"\\");
    return wcscat(path, name);
}

static WCHAR *path_in(PCWSTR folder, const char *name)
{
    WCHAR *wide = text_widen(name), *path = join(folder, wide);
    free(wide);
    return path;
}

bool port_has(PCWSTR folder, const char *name)
{
    WCHAR *path = path_in(folder, name);
    bool has = GetFileAttributesW(path) != INVALID_FILE_ATTRIBUTES;
    free(path);
    return has;
}

bool port_write_file(PCWSTR folder, const char *name)
{
    WCHAR *path = path_in(folder, name);
    HANDLE file = CreateFileW(path, GENERIC_WRITE, 0, NULL, CREATE_NEW, 0, NULL);
    free(path);
    return file != INVALID_HANDLE_VALUE && CloseHandle(file);
}

bool port_delete_folder(PCWSTR path)
{
    WIN32_FIND_DATAW entry;
    WCHAR *all = join(path, L"*");
    HANDLE found = FindFirstFileW(all, &entry);
    free(all);
    bool deleted = true;
    for (BOOL more = found != INVALID_HANDLE_VALUE; more; more = FindNextFileW(found, &entry)) {
        if (wcscmp(entry.cFileName, L".") == 0 || wcscmp(entry.cFileName, L"..") == 0) continue;
        WCHAR *inner = join(path, entry.cFileName);
        bool folder = entry.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY;
        bool link = entry.dwFileAttributes & FILE_ATTRIBUTE_REPARSE_POINT;
        bool gone = !folder ? DeleteFileW(inner) : link ? RemoveDirectoryW(inner) : port_delete_folder(inner);
        deleted = gone && deleted;
        free(inner);
    }
    if (found != INVALID_HANDLE_VALUE) FindClose(found);
    return RemoveDirectoryW(path) && deleted;
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
