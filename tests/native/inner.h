/* What the files of the service share among themselves. Names that end in _locked want the lock held. */
#ifndef MOCK_INNER_H
#define MOCK_INNER_H

#include "core.h"

typedef struct Call { char name[64]; int count, waiting; bool held; char *document; struct Call *next; } Call;
typedef struct Plan { char name[64]; int countdown; Fault fault; struct Plan *next; } Plan;
typedef struct Task { uint64_t due; void (*run)(void *); void *argument; struct Task *next; } Task;

/* The only field is 0 for an event that goes to everybody it concerns. */
typedef struct {
    System *system; Process *process; unsigned only; EventKind kind; DWORD raw; HRESULT status; char *data;
} Event;

/* ledger.c */
extern Plan *plans;
extern Call *calls;
extern int alive[KIND_COUNT], violations;
extern char violation_text[256];
Call *call_of(const char *function);
void forget_record_locked(void);

/* dispatch.c */
extern Task *tasks;
extern int busy; /* tasks and processes that run */
void post_locked(int delay, void (*run)(void *), void *argument);

/* events.c */
extern bool replay, close_emits;
extern int exit_delay; /* until an exit is told */
extern int lost[EVENT_RAW + 1];
Event *event_of(System *system, Process *process, EventKind kind, HRESULT status, const char *data);
void raise_locked(
    System *system, Process *process, EventKind kind, HRESULT status, const char *data, int delay);
void raise_now(void *event);

/* systems.c */
extern System *systems;
HRESULT check_locked(const System *system, State needed);
void begin_exit_locked(System *system, const char *exit_type, HRESULT status);
void finish_exit_locked(System *system);

/* processes.c */
char *status_of(Process *process);

/* behaviour.c */
void process_main(void *process);
bool process_knows(const char *command);

#endif
