/* What the mocks need of an operating system: threads, locks, time, pipes, and the types of the ABI. */
#ifndef MOCK_PORT_H
#define MOCK_PORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef _WIN32
#include <windows.h>
#define EXPORT __declspec(dllexport)
typedef SRWLOCK Lock;
typedef CONDITION_VARIABLE Signal;
#else
#include <pthread.h>
#define EXPORT __attribute__((visibility("default")))
#define WINAPI
#define CALLBACK
typedef int32_t HRESULT;
typedef uint32_t DWORD;
typedef uint16_t WCHAR;
typedef WCHAR *PWSTR;
typedef const WCHAR *PCWSTR;
typedef void *HANDLE;
typedef struct { uint32_t Data1; uint16_t Data2, Data3; uint8_t Data4[8]; } GUID;
typedef const GUID *REFGUID;
typedef pthread_mutex_t Lock;
typedef pthread_cond_t Signal;
#define INVALID_HANDLE_VALUE ((HANDLE)(intptr_t)-1)
#define S_OK 0
#endif

#define HR(code) ((HRESULT)(code))

/* The library's own side of a pipe; reads and writes end early when *stop becomes true. */
typedef struct Pipe Pipe;

bool port_pipe_to_library(Pipe **ours, HANDLE *theirs);
bool port_pipe_from_library(Pipe **ours, HANDLE *theirs);
/* Bytes read, 0 at the end or when stopped. When *last is true, whatever is there already is still read. */
int port_read(Pipe *pipe, void *buffer, int size, volatile bool *stop, volatile bool *last);
bool port_write(Pipe *pipe, const void *buffer, int size, volatile bool *stop);
void port_close(Pipe *pipe);

/* The number of a folder, which a rename does not change; false when there is no such folder. */
bool port_folder(PCWSTR path, uint64_t number[2]);
bool port_is_absolute(PCWSTR path);
bool port_make_folder(PCWSTR path);
/* Name is one of a file in the folder. */
bool port_has(PCWSTR folder, const char *name);
bool port_write_file(PCWSTR folder, const char *name);
/* The folder with all that is in it; no link is followed. */
bool port_delete_folder(PCWSTR path);

void port_lock_init(Lock *lock);
void port_signal_init(Signal *signal);
void port_lock(Lock *lock);
void port_unlock(Lock *lock);
/* False when the time ran out; a negative time never does. */
bool port_wait(Signal *signal, Lock *lock, int64_t milliseconds);
void port_wake_all(Signal *signal);
uint64_t port_milliseconds(void);
void port_sleep(int milliseconds);
void port_thread(void (*run)(void *), void *argument);

/* Runs once, before anything else of the library. */
void mock_initialize(void);

#endif
