/* The service behind both mocks: systems, processes, events, faults, and a count of everything that is alive. */
#ifndef MOCK_CORE_H
#define MOCK_CORE_H

#include "port.h"

typedef enum {
    KIND_SYSTEM, KIND_PROCESS, KIND_OPERATION, KIND_CALLBACK, KIND_STRING, KIND_MOUNT, KIND_IMPERSONATION,
    KIND_NETWORK, KIND_ENDPOINT, KIND_NAMESPACE, KIND_COUNT
} Kind;

typedef enum {
    EVENT_CREATED, EVENT_STARTED, EVENT_PAUSED, EVENT_RESUMED, EVENT_SYSTEM_EXITED, EVENT_PROCESS_EXITED,
    EVENT_DISCONNECTED, EVENT_RAW
} EventKind;

typedef enum { STATE_CREATED, STATE_RUNNING, STATE_PAUSED, STATE_EXITING, STATE_EXITED } State;

typedef struct System System;
typedef struct Process Process;

/* A callback that somebody registered. */
typedef struct Listener {
    System *system;
    Process *process; /* NULL for the callback of a system */
    void *callback;
    void *context;
    unsigned serial; /* never used again, as an address may be */
    int running;
    bool closed;
    struct Listener *next;
} Listener;

/* What the caller holds as HCS_SYSTEM, HCS_PROCESS or HCS_CALLBACK; never freed, so that a late use is seen. */
typedef struct Handle {
    uint32_t magic;
    Kind kind;
    System *system;
    Process *process;
    Listener *listener;
    struct Handle *source; /* of a registration: what it listens to */
    int registrations;
    int pending; /* calls on it that were accepted and have not ended */
    void *object; /* of a handle of computenetwork */
} Handle;

struct System {
    char *id, *owner, *type, *runtime_id, *hosting_id, *exit_document;
    State state;
    bool disconnected, dies_with_last_handle, creation_held, exit_told, forced;
    HRESULT creation_status, exit_status;
    int handles, running_processes;
    DWORD next_process;
    uint64_t started;
    Process *processes;
    System *next;
};

struct Process {
    System *system;
    DWORD id, exit_code;
    char *command;
    bool console, killed, exited, exit_told;
    volatile bool stop, stdin_closed;
    Pipe *in, *out, *err;
    HANDLE their_in, their_out, their_err;
    Process *next;
};

/* What a call is to do instead of its work. */
typedef enum { FAULT_NONE, FAULT_CALL, FAULT_COMPLETION, FAULT_LOST, FAULT_SYNCHRONOUS, FAULT_IGNORED } FaultKind;

typedef struct { FaultKind kind; HRESULT hresult; int delay; const char *document; } Fault;

/* HCS codes without their family; the surface knows that. */
enum {
    CODE_INVALID_STATE = 0x105, CODE_INVALID_JSON = 0x10D, CODE_NOT_FOUND = 0x10E, CODE_EXISTS = 0x10F,
    CODE_ALREADY_STOPPED = 0x110, CODE_DISCONNECTED = 0x11E, CODE_PROCESS_STOPPED = 0x11F
};
#define E_INVALID_ARGUMENT HR(0x80070057)
#define E_ACCESS_DENIED HR(0x80070005)
#define E_FILE_MISSING HR(0x80070002)
#define E_ELEMENT_MISSING HR(0x80070490)

/* Each mock has one surface. */
HRESULT surface_code(int code);
void surface_deliver(Listener *listener, EventKind kind, DWORD raw, HRESULT status, PCWSTR data);
void surface_disconnect(void);
/* The handle is being closed; nothing may be at work on it. */
void surface_closing(Handle *handle);
/* The system has exited; the lock is held. */
void surface_exited_locked(System *system);
/* What only this surface has is as it was at the start. */
void surface_reset_locked(void);

extern Lock core_lock;
extern Signal core_changed;
extern bool core_created_told; /* the state of what was never started is told */
extern bool core_exit_data; /* exits carry their document */
extern bool core_has_disconnected; /* since the last reset; a system that had exited before is on no list any more */
extern bool core_closes_pending; /* a handle may be closed under what is pending on it */

/* Counts the call, keeps its document, holds it while it is to be held, says what it is to do. */
Fault core_called(const char *function, PCWSTR document);
/* Adds a line to the list of what was called, in order. */
void core_record(const char *format, ...) __attribute__((format(printf, 1, 2)));
void core_violation(const char *format, ...) __attribute__((format(printf, 1, 2)));
void core_count(Kind kind, int difference);

/* Work for the thread that events and completions come from. */
void core_post(int delay, void (*run)(void *), void *argument);
/* A delay inside a call. */
void core_sleep(int milliseconds);

Handle *core_handle(Kind kind, System *system, Process *process);
/* NULL, and a violation, for a handle that is closed or of another kind. */
Handle *core_use(void *handle, Kind kind, const char *function);
void core_close(Handle *handle);
Listener *core_listen(System *system, Process *process, void *callback, void *context);
/* One more call on the handle is pending; it has ended when settle is run on the handle. */
void core_pending(Handle *handle);
void core_settle(void *handle);
/* Returns when no callback runs and none can come. */
void core_unlisten(Listener *listener);

HRESULT core_create(PCWSTR id, PCWSTR document, System **system);
HRESULT core_find(PCWSTR id, System **system);
HRESULT core_start(System *system);
HRESULT core_pause(System *system);
HRESULT core_resume(System *system);
HRESULT core_exit(System *system, const char *exit_type, HRESULT status);
HRESULT core_modify(System *system, PCWSTR document);
HRESULT core_properties(System *system, PCWSTR query, char **answer);
HRESULT core_enumerate(PCWSTR query, char **answer);
void core_raise(System *system, Process *process, EventKind kind, HRESULT status, const char *data, int delay);

HRESULT core_execute(System *system, PCWSTR document, Process **process);
HRESULT core_find_process(System *system, DWORD id, Process **process);
HRESULT core_kill(Process *process);
HRESULT core_modify_process(Process *process, PCWSTR document);
HRESULT core_process_properties(Process *process, char **answer);
void core_process_ended(Process *process, DWORD exit_code);

/* A string of the library's allocator, counted until it is freed; NULL for NULL. */
PWSTR core_string(const char *text);
void core_free_string(void *string);
/* {"Error":…} */
char *core_error_document(HRESULT hresult);

#endif
