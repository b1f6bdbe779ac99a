#include "core.h"
#include "text.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#ifdef _WIN32
#define strcasecmp _stricmp
#else
#include <strings.h>
#endif

#define MAGIC 0x48435321u

Lock core_lock;
Signal core_changed;
bool core_exit_data = true;

static bool replay = true, close_emits;
static int lost[EVENT_RAW + 1];
static int alive[KIND_COUNT];
static int violations, busy;
static char violation_text[256];
static System *systems;
static Listener *listeners;
static unsigned last_serial;

/* --- counting, faults, strings ---------------------------------------------------------------------------------- */

typedef struct Call { char name[64]; int count; char *document; struct Call *next; } Call;
typedef struct Plan { char name[64]; int countdown; Fault fault; struct Plan *next; } Plan;
typedef struct String { void *text; struct String *next; } String;

static Call *calls;
static Plan *plans;
static String *strings;

static Call *call_of(const char *function)
{
    for (Call *call = calls; call; call = call->next)
        if (strcmp(call->name, function) == 0) return call;
    Call *call = calloc(1, sizeof *call);
    snprintf(call->name, sizeof call->name, "%s", function);
    call->next = calls;
    return calls = call;
}

Fault core_called(const char *function, PCWSTR document)
{
    Fault none = { FAULT_NONE, S_OK, 0, NULL };
    port_lock(&core_lock);
    Call *call = call_of(function);
    call->count++;
    free(call->document);
    call->document = text_narrow(document);
    for (Plan *plan = plans; plan; plan = plan->next)
        if (strcmp(plan->name, function) == 0 && plan->countdown > 0 && --plan->countdown == 0) {
            none = plan->fault;
            break;
        }
    port_unlock(&core_lock);
    return none;
}

void core_violation(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    port_lock(&core_lock);
    if (violations++ == 0) vsnprintf(violation_text, sizeof violation_text, format, arguments);
    port_unlock(&core_lock);
    va_end(arguments);
}

void core_count(Kind kind, int difference)
{
    port_lock(&core_lock);
    alive[kind] += difference;
    port_unlock(&core_lock);
}

PWSTR core_string(const char *text)
{
    if (!text) return NULL;
    String *string = malloc(sizeof *string);
    string->text = text_widen(text);
    port_lock(&core_lock);
    string->next = strings;
    strings = string;
    alive[KIND_STRING]++;
    port_unlock(&core_lock);
    return string->text;
}

void core_free_string(void *text)
{
    if (!text) return;
    port_lock(&core_lock);
    String **link = &strings, *found;
    while (*link && (*link)->text != text) link = &(*link)->next;
    found = *link;
    if (found) { *link = found->next; alive[KIND_STRING]--; }
    port_unlock(&core_lock);
    if (!found) { core_violation("freed a string that is not this library's or is free already"); return; }
    free(found);
    free(text);
}

char *core_error_document(HRESULT hresult)
{
    Text text = { 0 };
    text_add(&text, "{\"Error\":%d,\"ErrorMessage\":\"mock \xC3\xA9rror\",\"ErrorEvents\":[{\"Message\":\"because\"}]}",
             (int)hresult);
    return text.data;
}

/* --- the thread that events come from --------------------------------------------------------------------------- */

typedef struct Task { uint64_t due; void (*run)(void *); void *argument; struct Task *next; } Task;

static Task *tasks;
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

static void post_locked(int delay, void (*run)(void *), void *argument)
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

/* --- events ----------------------------------------------------------------------------------------------------- */

typedef struct {
    System *system; Process *process; unsigned only; EventKind kind; DWORD raw; HRESULT status; char *data;
} Event;

static void deliver_locked(Listener *listener, const Event *event)
{
    if (listener->closed) return;
    listener->running++;
    port_unlock(&core_lock);
    WCHAR *data = text_widen(event->data);
    surface_deliver(listener, event->kind, event->raw, event->status, data);
    free(data);
    port_lock(&core_lock);
    listener->running--;
    port_wake_all(&core_changed);
}

static bool hears(const Listener *listener, const Event *event)
{
    if (event->only) return listener->serial == event->only;
    if (event->kind == EVENT_DISCONNECTED || !event->system) return true;
    return listener->system == event->system && listener->process == event->process;
}

static void raise_now(void *argument)
{
    Event *event = argument;
    bool heard = false;
    port_lock(&core_lock);
    /* Delivery lets go of the lock, so each round looks for the next listener that was there at the start. */
    int count = 0;
    Listener *targets[64];
    for (Listener *l = listeners; l && count < 64; l = l->next)
        if (!l->closed && hears(l, event)) { l->running++; targets[count++] = l; }
    if (event->kind == EVENT_PROCESS_EXITED && event->process) event->process->exit_told = true;
    if (event->kind == EVENT_SYSTEM_EXITED && event->system) event->system->exit_told = true;
    for (int i = count - 1; i >= 0; i--) {
        heard = true;
        deliver_locked(targets[i], event);
        targets[i]->running--;
        port_wake_all(&core_changed);
    }
    /* The service keeps the end of a creation for a callback that is registered after it. */
    if (event->kind == EVENT_CREATED && !heard && replay) event->system->creation_held = true;
    port_unlock(&core_lock);
    free(event->data);
    free(event);
}

static Event *event_of(System *system, Process *process, EventKind kind, HRESULT status, const char *data)
{
    Event *event = calloc(1, sizeof *event);
    event->system = system;
    event->process = process;
    event->kind = kind;
    event->status = status;
    event->data = data ? strdup(data) : NULL;
    return event;
}

static void raise_locked(System *system, Process *process, EventKind kind, HRESULT status, const char *data, int delay)
{
    if (lost[kind] > 0) {
        lost[kind]--;
        return;
    }
    post_locked(delay, raise_now, event_of(system, process, kind, status, data));
}

void core_raise(System *system, Process *process, EventKind kind, HRESULT status, const char *data, int delay)
{
    port_lock(&core_lock);
    raise_locked(system, process, kind, status, data, delay);
    port_unlock(&core_lock);
}

static char *status_of(Process *process)
{
    Text text = { 0 };
    text_add(&text, "{\"ProcessId\":%u,\"Exited\":%s,\"ExitCode\":%u,\"LastWaitResult\":0}", (unsigned)process->id,
             process->exited ? "true" : "false", (unsigned)process->exit_code);
    return text.data;
}

Listener *core_listen(System *system, Process *process, void *callback, void *context)
{
    Listener *listener = calloc(1, sizeof *listener);
    *listener = (Listener){ system, process, callback, context, 0, 0, false, NULL };
    port_lock(&core_lock);
    listener->serial = ++last_serial;
    listener->next = listeners;
    listeners = listener;
    alive[KIND_CALLBACK]++;
    Event *event = NULL;
    if (process && process->exit_told && replay) {
        char *status = status_of(process);
        event = event_of(system, process, EVENT_PROCESS_EXITED, S_OK, core_exit_data ? status : NULL);
        free(status);
    } else if (!process && system->creation_held) {
        system->creation_held = false;
        event = event_of(system, NULL, EVENT_CREATED, system->creation_status, NULL);
    } else if (!process && system->exit_told && replay) {
        event = event_of(system, NULL, EVENT_SYSTEM_EXITED, system->exit_status, system->exit_document);
    }
    if (event) { event->only = listener->serial; post_locked(1, raise_now, event); }
    port_unlock(&core_lock);
    return listener;
}

void core_unlisten(Listener *listener)
{
    port_lock(&core_lock);
    if (close_emits) {
        /* The close has begun: one more event comes from another thread before it is over. */
        Event *event = event_of(listener->system, listener->process, EVENT_RAW, S_OK, "{}");
        event->raw = 1;
        event->only = listener->serial;
        listener->running++;
        post_locked(0, raise_now, event);
        listener->running--;
        while (tasks) port_wait(&core_changed, &core_lock, 5);
    }
    listener->closed = true;
    while (listener->running > 0) port_wait(&core_changed, &core_lock, -1);
    Listener **link = &listeners;
    while (*link != listener) link = &(*link)->next;
    *link = listener->next;
    alive[KIND_CALLBACK]--;
    port_unlock(&core_lock);
    free(listener);
}

/* --- handles ---------------------------------------------------------------------------------------------------- */

Handle *core_handle(Kind kind, System *system, Process *process)
{
    Handle *handle = calloc(1, sizeof *handle);
    *handle = (Handle){ MAGIC, kind, system, process, NULL, NULL, 0 };
    port_lock(&core_lock);
    alive[kind]++;
    if (kind == KIND_SYSTEM) system->handles++;
    port_unlock(&core_lock);
    return handle;
}

Handle *core_use(void *pointer, Kind kind, const char *function)
{
    Handle *handle = pointer;
    if (handle && handle->magic == MAGIC && handle->kind == kind) return handle;
    core_violation("%s was given a handle that is closed or of another kind", function);
    return NULL;
}

void core_close(Handle *handle)
{
    if (handle->listener) core_unlisten(handle->listener);
    bool last = false;
    port_lock(&core_lock);
    handle->magic = 0;
    alive[handle->kind]--;
    if (handle->kind == KIND_SYSTEM) last = --handle->system->handles == 0 && handle->system->dies_with_last_handle;
    port_unlock(&core_lock);
    if (last) core_exit(handle->system, "ForcedExit", S_OK);
}

/* --- systems ---------------------------------------------------------------------------------------------------- */

static System *find_locked(const char *id)
{
    for (System *system = systems; system; system = system->next)
        if (strcasecmp(system->id, id) == 0) return system;
    return NULL;
}

static HRESULT check_locked(const System *system, State needed)
{
    if (system->disconnected) return surface_code(CODE_DISCONNECTED);
    if (system->state >= STATE_EXITING) return surface_code(CODE_ALREADY_STOPPED);
    return system->state == needed ? S_OK : surface_code(CODE_INVALID_STATE);
}

HRESULT core_create(PCWSTR id, PCWSTR document, System **result)
{
    char *json = text_narrow(document), *name = text_narrow(id);
    HRESULT hresult = json && json_is_object(json) ? S_OK : surface_code(CODE_INVALID_JSON);
    port_lock(&core_lock);
    if (hresult == S_OK && find_locked(name)) hresult = surface_code(CODE_EXISTS);
    if (hresult == S_OK) {
        System *system = calloc(1, sizeof *system);
        system->id = strdup(name);
        system->owner = json_string(json, "Owner");
        if (!system->owner) system->owner = strdup("");
        system->type = strdup(json_member(json, "VirtualMachine") ? "VirtualMachine" : "Container");
        system->dies_with_last_handle = json_true(json, "TerminateOnLastHandleClosed")
            || json_true(json, "ShouldTerminateOnLastHandleClosed");
        system->next_process = 4294960000u;
        system->next = systems;
        systems = *result = system;
    }
    port_unlock(&core_lock);
    free(json);
    free(name);
    return hresult;
}

HRESULT core_find(PCWSTR id, System **result)
{
    char *name = text_narrow(id);
    port_lock(&core_lock);
    *result = find_locked(name);
    port_unlock(&core_lock);
    free(name);
    return *result ? S_OK : surface_code(CODE_NOT_FOUND);
}

static HRESULT move(System *system, State from, State to)
{
    port_lock(&core_lock);
    HRESULT hresult = check_locked(system, from);
    if (hresult == S_OK) {
        if (from == STATE_CREATED) system->started = port_milliseconds();
        system->state = to;
    }
    port_unlock(&core_lock);
    return hresult;
}

HRESULT core_start(System *system) { return move(system, STATE_CREATED, STATE_RUNNING); }
HRESULT core_pause(System *system) { return move(system, STATE_RUNNING, STATE_PAUSED); }
HRESULT core_resume(System *system) { return move(system, STATE_PAUSED, STATE_RUNNING); }

static void finish_exit_locked(System *system)
{
    if (system->state != STATE_EXITING || system->running_processes > 0) return;
    system->state = STATE_EXITED;
    System **link = &systems;
    while (*link != system) link = &(*link)->next;
    *link = system->next;
    raise_locked(system, NULL, EVENT_SYSTEM_EXITED, system->exit_status, system->exit_document, 0);
}

static void begin_exit_locked(System *system, const char *exit_type, HRESULT status)
{
    system->state = STATE_EXITING;
    system->exit_status = status;
    if (core_exit_data) {
        Text text = { 0 };
        text_add(&text, "{\"Status\":%d,\"ExitType\":\"%s\"}", (int)status, exit_type);
        system->exit_document = text.data;
    }
    for (Process *process = system->processes; process; process = process->next) process->stop = true;
    finish_exit_locked(system);
}

HRESULT core_exit(System *system, const char *exit_type, HRESULT status)
{
    port_lock(&core_lock);
    HRESULT hresult = system->disconnected ? surface_code(CODE_DISCONNECTED)
        : system->state >= STATE_EXITING ? surface_code(CODE_ALREADY_STOPPED) : S_OK;
    if (hresult == S_OK) begin_exit_locked(system, exit_type, status);
    port_unlock(&core_lock);
    return hresult;
}

HRESULT core_modify(System *system, PCWSTR document)
{
    char *json = text_narrow(document);
    port_lock(&core_lock);
    HRESULT hresult = !json || !json_is_object(json) ? surface_code(CODE_INVALID_JSON) : check_locked(system, STATE_RUNNING);
    port_unlock(&core_lock);
    free(json);
    return hresult;
}

static const char *state_name(State state)
{
    static const char *const names[] = { "Created", "Running", "Paused", "Running", "Stopped" };
    return names[state];
}

static void describe_locked(Text *text, System *system, const char *query)
{
    text_add(text, "{\"Id\":");
    text_add_quoted(text, system->id);
    text_add(text, ",\"SystemType\":\"%s\",\"Name\":", system->type);
    text_add_quoted(text, system->id);
    text_add(text, ",\"Owner\":");
    text_add_quoted(text, system->owner);
    text_add(text, ",\"RuntimeOsType\":\"Windows\",\"State\":\"%s\"", state_name(system->state));
    bool running = system->state == STATE_RUNNING || system->state == STATE_PAUSED;
    if (running && json_lists(query, "PropertyTypes", "Statistics"))
        text_add(text, ",\"Statistics\":{\"Timestamp\":\"2026-08-25T23:32:19.0685861Z\",\"ContainerStartTime\":"
            "\"2026-08-25T23:32:10.7938384Z\",\"Uptime100ns\":%llu,\"Processor\":{\"TotalRuntime100ns\":25549260},"
            "\"Memory\":{\"MemoryUsageCommitBytes\":18446744073709551615},\"Storage\":{\"ReadSizeBytes\":118282240}}",
            (unsigned long long)(port_milliseconds() - system->started) * 10000 + 1);
    if (running && json_lists(query, "PropertyTypes", "ProcessList")) {
        text_add(text, ",\"ProcessList\":[");
        const char *comma = "";
        for (Process *process = system->processes; process; process = process->next) {
            if (process->exited) continue;
            text_add(text, "%s{\"CreateTimestamp\":\"2026-08-07T16:39:41.9911421Z\",\"ImageName\":\"mock.exe\","
                "\"ProcessId\":%u}", comma, (unsigned)process->id);
            comma = ",";
        }
        text_add(text, "]");
    }
    text_add(text, "}");
}

HRESULT core_properties(System *system, PCWSTR query, char **answer)
{
    char *json = text_narrow(query);
    Text text = { 0 };
    port_lock(&core_lock);
    HRESULT hresult = json && !json_is_object(json) ? surface_code(CODE_INVALID_JSON)
        : system->disconnected ? surface_code(CODE_DISCONNECTED)
        : system->state == STATE_EXITED ? surface_code(CODE_ALREADY_STOPPED) : S_OK;
    if (hresult == S_OK) describe_locked(&text, system, json);
    port_unlock(&core_lock);
    free(json);
    *answer = text.data;
    return hresult;
}

HRESULT core_enumerate(PCWSTR query, char **answer)
{
    char *json = text_narrow(query);
    Text text = { 0 };
    const char *comma = "";
    if (json && !json_is_object(json)) { free(json); return surface_code(CODE_INVALID_JSON); }
    text_add(&text, "[");
    port_lock(&core_lock);
    for (System *system = systems; system; system = system->next) {
        if (!json_allows(json, "Ids", system->id) || !json_allows(json, "Owners", system->owner)
            || !json_allows(json, "Names", system->id) || !json_allows(json, "Types", system->type)) continue;
        text_add(&text, "%s", comma);
        describe_locked(&text, system, NULL);
        comma = ",";
    }
    port_unlock(&core_lock);
    text_add(&text, "]");
    free(json);
    *answer = text.data;
    return S_OK;
}

/* --- processes -------------------------------------------------------------------------------------------------- */

extern void process_main(void *process);
extern bool process_knows(const char *command);

HRESULT core_execute(System *system, PCWSTR document, Process **result)
{
    char *json = text_narrow(document);
    port_lock(&core_lock);
    HRESULT hresult = !json || !json_is_object(json) ? surface_code(CODE_INVALID_JSON) : check_locked(system, STATE_RUNNING);
    char *command = json_string(json, "CommandLine");
    if (hresult == S_OK && (!command || !process_knows(command))) hresult = E_FILE_MISSING;
    if (hresult == S_OK) {
        Process *process = calloc(1, sizeof *process);
        process->system = system;
        process->id = system->next_process++;
        process->command = command;
        process->console = json_true(json, "EmulateConsole");
        if (json_true(json, "CreateStdInPipe")) port_pipe_to_library(&process->in, &process->their_in);
        if (json_true(json, "CreateStdOutPipe")) port_pipe_from_library(&process->out, &process->their_out);
        /* Both ways of saying "none" are in the field. */
        if (!json_true(json, "CreateStdErrPipe")) process->their_err = INVALID_HANDLE_VALUE;
        else if (process->console) process->their_err = NULL;
        else port_pipe_from_library(&process->err, &process->their_err);
        process->next = system->processes;
        system->processes = process;
        system->running_processes++;
        busy++;
        port_thread(process_main, process);
        *result = process;
    } else {
        free(command);
    }
    port_unlock(&core_lock);
    free(json);
    return hresult;
}

void core_process_ended(Process *process, DWORD exit_code)
{
    port_lock(&core_lock);
    process->exited = true;
    process->exit_code = exit_code;
    port_close(process->in);
    port_close(process->out);
    port_close(process->err);
    Process **link = &process->system->processes;
    while (*link != process) link = &(*link)->next;
    *link = process->next;
    if (!process->system->disconnected) {
        char *status = status_of(process);
        raise_locked(process->system, process, EVENT_PROCESS_EXITED, S_OK, core_exit_data ? status : NULL, 0);
        free(status);
    }
    process->system->running_processes--;
    finish_exit_locked(process->system);
    busy--;
    port_wake_all(&core_changed);
    port_unlock(&core_lock);
}

HRESULT core_find_process(System *system, DWORD id, Process **result)
{
    HRESULT hresult = E_ELEMENT_MISSING;
    port_lock(&core_lock);
    if (system->disconnected) hresult = surface_code(CODE_DISCONNECTED);
    else if (system->state >= STATE_EXITING) hresult = surface_code(CODE_ALREADY_STOPPED);
    else
        for (Process *process = system->processes; process; process = process->next)
            if (process->id == id) { *result = process; hresult = S_OK; }
    port_unlock(&core_lock);
    return hresult;
}

static HRESULT check_process_locked(const Process *process)
{
    return process->system->disconnected ? surface_code(CODE_DISCONNECTED)
        : process->exited ? surface_code(CODE_PROCESS_STOPPED) : S_OK;
}

HRESULT core_kill(Process *process)
{
    port_lock(&core_lock);
    HRESULT hresult = check_process_locked(process);
    if (hresult == S_OK && process->killed) hresult = E_ACCESS_DENIED;
    if (hresult == S_OK) process->killed = process->stop = true;
    port_unlock(&core_lock);
    return hresult;
}

HRESULT core_modify_process(Process *process, PCWSTR document)
{
    char *json = text_narrow(document);
    port_lock(&core_lock);
    HRESULT hresult = check_process_locked(process);
    if (hresult == S_OK && (!json || !json_is_object(json))) hresult = surface_code(CODE_INVALID_JSON);
    char *operation = json_string(json, "Operation"), *closed = json_string(json, "Handle");
    if (hresult == S_OK && (!operation || (strcmp(operation, "ConsoleSize") == 0 && !process->console)))
        hresult = E_INVALID_ARGUMENT;
    if (hresult == S_OK && closed && strcmp(closed, "StdIn") == 0) process->stdin_closed = true;
    port_unlock(&core_lock);
    free(operation);
    free(closed);
    free(json);
    return hresult;
}

HRESULT core_process_properties(Process *process, char **answer)
{
    port_lock(&core_lock);
    HRESULT hresult = process->system->disconnected ? surface_code(CODE_DISCONNECTED) : S_OK;
    if (hresult == S_OK) *answer = status_of(process);
    port_unlock(&core_lock);
    return hresult;
}

/* --- control, for the tests ------------------------------------------------------------------------------------- */

void mock_initialize(void)
{
    port_lock_init(&core_lock);
    port_signal_init(&core_changed);
}

/* Every answer of later calls is as planned: the nth call of that function from now on. */
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
    for (Call *call = calls; call; call = call->next) call->count = 0;
    memset(lost, 0, sizeof lost);
    replay = core_exit_data = true;
    close_emits = false;
    violations = 0;
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
EXPORT void mock_set_exit_data(int on) { core_exit_data = on; }
EXPORT void mock_set_close_emits(int on) { close_emits = on; }

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
