#include "operation.h"
#include <stdlib.h>
#include <string.h>

#define OPERATION_MAGIC 0x4F504552u
#define E_NOT_STARTED HR(0x80370115)
#define E_ALREADY_STARTED HR(0x80370116)
#define E_PENDING_RESULT HR(0x80370117)
#define E_TIMEOUT_RESULT HR(0x80370118)
#define E_HANDLE_CLOSED HR(0x80070006)

static Operation *operations;

Operation *operation_use(HCS_OPERATION handle, const char *function)
{
    Operation *operation = (Operation *)handle;
    if (operation && operation->magic == OPERATION_MAGIC) return operation;
    core_violation("%s was given an operation that is closed", function);
    return NULL;
}

EXPORT HCS_OPERATION WINAPI HcsCreateOperation(const void *context, HCS_OPERATION_COMPLETION callback)
{
    if (core_called("HcsCreateOperation", NULL).kind == FAULT_CALL) return NULL;
    Operation *operation = calloc(1, sizeof *operation);
    operation->magic = OPERATION_MAGIC;
    operation->callback = callback;
    operation->context = (void *)context;
    core_count(KIND_OPERATION, 1);
    port_lock(&core_lock);
    operation->next = operations;
    operations = operation;
    port_unlock(&core_lock);
    return (HCS_OPERATION)operation;
}

EXPORT void WINAPI HcsCloseOperation(HCS_OPERATION handle)
{
    Operation *operation = operation_use(handle, "HcsCloseOperation");
    if (!operation) return;
    if (operation->waiting > 0) core_violation("an operation was closed while a call waited for it");
    port_lock(&core_lock);
    operation->magic = 0;
    Operation **link = &operations;
    while (*link != operation) link = &(*link)->next;
    *link = operation->next;
    port_unlock(&core_lock);
    core_count(KIND_OPERATION, -1);
}

typedef struct { Operation *operation; HRESULT result; } Completion;

static void complete(void *argument)
{
    Completion *completion = argument;
    Operation *operation = completion->operation;
    port_lock(&core_lock);
    bool live = operation->magic == OPERATION_MAGIC && operation->state == RUNNING;
    if (operation->target) operation->target->pending--;
    operation->target = NULL;
    if (live) {
        operation->result = completion->result;
        operation->state = DONE;
        port_wake_all(&core_changed);
    }
    port_unlock(&core_lock);
    if (live && operation->callback) operation->callback((HCS_OPERATION)operation, operation->context);
    free(completion);
}

static void complete_later(Operation *operation, HRESULT result, int delay)
{
    Completion *completion = malloc(sizeof *completion);
    *completion = (Completion){ operation, result };
    core_post(delay, complete, completion);
}

void surface_disconnect(void)
{
    port_lock(&core_lock);
    Operation *open = operations;
    port_unlock(&core_lock);
    for (; open; open = open->next)
        if (open->state == RUNNING) complete_later(open, surface_code(CODE_DISCONNECTED), 0);
}

void surface_reset_locked(void) { }

void surface_exited_locked(System *system) { (void)system; }

void surface_closing(Handle *handle)
{
    System *system = handle->system;
    bool disconnected = system->disconnected || (system->state == STATE_EXITED && core_has_disconnected);
    if (handle->pending > 0 && !disconnected && !core_closes_pending)
        core_violation("a handle was closed under an operation");
    port_lock(&core_lock);
    Operation *open = operations;
    port_unlock(&core_lock);
    for (; open; open = open->next)
        if (open->state == RUNNING && open->target == handle) complete_later(open, E_HANDLE_CLOSED, 0);
}

HRESULT operation_begin(Operation *operation, Handle *target, Fault fault, HRESULT result, char *document)
{
    if (!operation) { free(document); return E_INVALID_ARGUMENT; }
    if (operation->state != UNUSED) { free(document); return E_ALREADY_STARTED; }
    if (fault.document) { free(document); document = strdup(fault.document); }
    if (fault.kind == FAULT_CALL) {
        operation->document = document;
        operation->result = fault.hresult;
        operation->state = DONE;
        return fault.hresult;
    }
    if (fault.kind == FAULT_COMPLETION) result = fault.hresult;
    if (result < 0 && !document) document = core_error_document(result);
    operation->document = document;
    operation->state = RUNNING;
    operation->target = target;
    if (target) core_pending(target);
    if (fault.kind != FAULT_LOST && fault.kind != FAULT_IGNORED) complete_later(operation, result, fault.delay);
    return S_OK;
}

static HRESULT result_of(Operation *operation, HCS_PROCESS_INFORMATION *process, PWSTR *document)
{
    if (document) *document = NULL;
    if (operation->state == UNUSED) return E_NOT_STARTED;
    if (operation->state == RUNNING) return E_PENDING_RESULT;
    if (process) {
        if (!operation->has_process) return E_INVALID_ARGUMENT;
        if (operation->result >= 0) *process = operation->process;
    }
    if (document) *document = core_string(operation->document);
    return operation->result;
}

EXPORT HRESULT WINAPI HcsGetOperationResult(HCS_OPERATION handle, PWSTR *document)
{
    Operation *operation = operation_use(handle, "HcsGetOperationResult");
    return operation ? result_of(operation, NULL, document) : E_INVALID_ARGUMENT;
}

EXPORT HRESULT WINAPI HcsGetOperationResultAndProcessInfo(
    HCS_OPERATION handle, HCS_PROCESS_INFORMATION *process, PWSTR *document)
{
    Operation *operation = operation_use(handle, "HcsGetOperationResultAndProcessInfo");
    return operation ? result_of(operation, process, document) : E_INVALID_ARGUMENT;
}

static HRESULT wait_for(Operation *operation, DWORD milliseconds)
{
    uint64_t end = port_milliseconds() + milliseconds;
    port_lock(&core_lock);
    operation->waiting++;
    while (operation->state == RUNNING && port_milliseconds() < end) port_wait(&core_changed, &core_lock, 10);
    operation->waiting--;
    bool running = operation->state == RUNNING;
    port_unlock(&core_lock);
    return running ? E_TIMEOUT_RESULT : S_OK;
}

EXPORT HRESULT WINAPI HcsWaitForOperationResult(HCS_OPERATION handle, DWORD timeoutMs, PWSTR *document)
{
    Operation *operation = operation_use(handle, "HcsWaitForOperationResult");
    if (document) *document = NULL;
    if (!operation) return E_INVALID_ARGUMENT;
    HRESULT waited = wait_for(operation, timeoutMs);
    return waited < 0 ? waited : result_of(operation, NULL, document);
}

EXPORT HRESULT WINAPI HcsWaitForOperationResultAndProcessInfo(
    HCS_OPERATION handle, DWORD timeoutMs, HCS_PROCESS_INFORMATION *process, PWSTR *document)
{
    Operation *operation = operation_use(handle, "HcsWaitForOperationResultAndProcessInfo");
    if (document) *document = NULL;
    if (!operation) return E_INVALID_ARGUMENT;
    HRESULT waited = wait_for(operation, timeoutMs);
    return waited < 0 ? waited : result_of(operation, process, document);
}
