/* computecore.dll: operations, events, strings of LocalFree. */
#include "abi.h"
#include "core.h"
#include "text.h"
#include <stdlib.h>
#include <string.h>

#define OPERATION_MAGIC 0x4F504552u
#define E_NOT_STARTED HR(0x80370115)
#define E_ALREADY_STARTED HR(0x80370116)
#define E_PENDING_RESULT HR(0x80370117)
#define E_TIMEOUT_RESULT HR(0x80370118)
#define ACCESS_ALL 0x10000000u

typedef struct Operation {
    uint32_t magic;
    HCS_OPERATION_COMPLETION callback;
    void *context;
    enum { UNUSED, RUNNING, DONE } state;
    bool has_process;
    HRESULT result;
    char *document;
    HCS_PROCESS_INFORMATION process;
    int waiting;
    struct Operation *next;
} Operation;

static Operation *operations;

HRESULT surface_code(int code) { return HR(0x80370000u | (unsigned)code); }

void surface_deliver(Listener *listener, EventKind kind, DWORD raw, HRESULT status, PCWSTR data)
{
    (void)status;
    DWORD type = kind == EVENT_SYSTEM_EXITED ? 1 : kind == EVENT_PROCESS_EXITED ? 0x10000
        : kind == EVENT_DISCONNECTED ? 0x02000000 : raw;
    if (kind < EVENT_SYSTEM_EXITED) return; /* this library tells of no completion */
    HCS_EVENT event = { (HCS_EVENT_TYPE)type, data, NULL };
    ((HCS_EVENT_CALLBACK)listener->callback)(&event, listener->context);
}

/* --- operations ------------------------------------------------------------------------------------------------- */

static Operation *use(HCS_OPERATION handle, const char *function)
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
    Operation *operation = use(handle, "HcsCloseOperation");
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

/* Takes the document. A refusal of the state comes as result, one that is planned where the plan says. */
static HRESULT begin(Operation *operation, Fault fault, HRESULT result, char *document)
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
    if (fault.kind != FAULT_LOST) complete_later(operation, result, fault.delay);
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
    Operation *operation = use(handle, "HcsGetOperationResult");
    return operation ? result_of(operation, NULL, document) : E_INVALID_ARGUMENT;
}

EXPORT HRESULT WINAPI HcsGetOperationResultAndProcessInfo(
    HCS_OPERATION handle, HCS_PROCESS_INFORMATION *process, PWSTR *document)
{
    Operation *operation = use(handle, "HcsGetOperationResultAndProcessInfo");
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
    Operation *operation = use(handle, "HcsWaitForOperationResult");
    if (document) *document = NULL;
    if (!operation) return E_INVALID_ARGUMENT;
    HRESULT waited = wait_for(operation, timeoutMs);
    return waited < 0 ? waited : result_of(operation, NULL, document);
}

EXPORT HRESULT WINAPI HcsWaitForOperationResultAndProcessInfo(
    HCS_OPERATION handle, DWORD timeoutMs, HCS_PROCESS_INFORMATION *process, PWSTR *document)
{
    Operation *operation = use(handle, "HcsWaitForOperationResultAndProcessInfo");
    if (document) *document = NULL;
    if (!operation) return E_INVALID_ARGUMENT;
    HRESULT waited = wait_for(operation, timeoutMs);
    return waited < 0 ? waited : result_of(operation, process, document);
}

/* --- systems ---------------------------------------------------------------------------------------------------- */

EXPORT HRESULT WINAPI HcsEnumerateComputeSystems(PCWSTR query, HCS_OPERATION operation)
{
    Fault fault = core_called("HcsEnumerateComputeSystems", query);
    char *answer = NULL;
    HRESULT result = core_enumerate(query, &answer);
    return begin(use(operation, "HcsEnumerateComputeSystems"), fault, result, answer);
}

EXPORT HRESULT WINAPI HcsCreateComputeSystem(
    PCWSTR id, PCWSTR configuration, HCS_OPERATION operation, const SECURITY_DESCRIPTOR *securityDescriptor,
    HCS_SYSTEM *computeSystem)
{
    Fault fault = core_called("HcsCreateComputeSystem", configuration);
    System *system = NULL;
    *computeSystem = NULL;
    if (securityDescriptor) return E_INVALID_ARGUMENT;
    if (fault.kind == FAULT_CALL) return begin(use(operation, "HcsCreateComputeSystem"), fault, S_OK, NULL);
    HRESULT result = core_create(id, configuration, &system);
    if (result == S_OK) *computeSystem = (HCS_SYSTEM)core_handle(KIND_SYSTEM, system, NULL);
    return begin(use(operation, "HcsCreateComputeSystem"), fault, result, NULL);
}

EXPORT HRESULT WINAPI HcsOpenComputeSystem(PCWSTR id, DWORD requestedAccess, HCS_SYSTEM *computeSystem)
{
    Fault fault = core_called("HcsOpenComputeSystem", id);
    System *system;
    *computeSystem = NULL;
    if (requestedAccess != ACCESS_ALL) return E_INVALID_ARGUMENT;
    HRESULT result = fault.kind == FAULT_CALL ? fault.hresult : core_find(id, &system);
    if (result == S_OK) *computeSystem = (HCS_SYSTEM)core_handle(KIND_SYSTEM, system, NULL);
    return result;
}

EXPORT void WINAPI HcsCloseComputeSystem(HCS_SYSTEM computeSystem)
{
    core_called("HcsCloseComputeSystem", NULL);
    Handle *handle = core_use(computeSystem, KIND_SYSTEM, "HcsCloseComputeSystem");
    if (handle) core_close(handle);
}

static HRESULT change(
    const char *name, HCS_SYSTEM computeSystem, HCS_OPERATION operation, PCWSTR options, HRESULT (*work)(System *))
{
    Fault fault = core_called(name, options);
    Handle *handle = core_use(computeSystem, KIND_SYSTEM, name);
    if (!handle || options) return E_INVALID_ARGUMENT;
    bool performs = fault.kind != FAULT_CALL && fault.kind != FAULT_COMPLETION;
    return begin(use(operation, name), fault, performs ? work(handle->system) : S_OK, NULL);
}

static HRESULT shut_down(System *system) { return core_exit(system, "GracefulExit", S_OK); }
static HRESULT terminate(System *system) { return core_exit(system, "ForcedExit", S_OK); }

EXPORT HRESULT WINAPI HcsStartComputeSystem(HCS_SYSTEM computeSystem, HCS_OPERATION operation, PCWSTR options)
{
    return change("HcsStartComputeSystem", computeSystem, operation, options, core_start);
}

EXPORT HRESULT WINAPI HcsShutDownComputeSystem(HCS_SYSTEM computeSystem, HCS_OPERATION operation, PCWSTR options)
{
    return change("HcsShutDownComputeSystem", computeSystem, operation, options, shut_down);
}

EXPORT HRESULT WINAPI HcsTerminateComputeSystem(HCS_SYSTEM computeSystem, HCS_OPERATION operation, PCWSTR options)
{
    return change("HcsTerminateComputeSystem", computeSystem, operation, options, terminate);
}

EXPORT HRESULT WINAPI HcsPauseComputeSystem(HCS_SYSTEM computeSystem, HCS_OPERATION operation, PCWSTR options)
{
    return change("HcsPauseComputeSystem", computeSystem, operation, options, core_pause);
}

EXPORT HRESULT WINAPI HcsResumeComputeSystem(HCS_SYSTEM computeSystem, HCS_OPERATION operation, PCWSTR options)
{
    return change("HcsResumeComputeSystem", computeSystem, operation, options, core_resume);
}

EXPORT HRESULT WINAPI HcsGetComputeSystemProperties(
    HCS_SYSTEM computeSystem, HCS_OPERATION operation, PCWSTR propertyQuery)
{
    Fault fault = core_called("HcsGetComputeSystemProperties", propertyQuery);
    Handle *handle = core_use(computeSystem, KIND_SYSTEM, "HcsGetComputeSystemProperties");
    char *answer = NULL;
    HRESULT result = handle ? core_properties(handle->system, propertyQuery, &answer) : E_INVALID_ARGUMENT;
    return begin(use(operation, "HcsGetComputeSystemProperties"), fault, result, answer);
}

EXPORT HRESULT WINAPI HcsModifyComputeSystem(
    HCS_SYSTEM computeSystem, HCS_OPERATION operation, PCWSTR configuration, HANDLE identity)
{
    Fault fault = core_called("HcsModifyComputeSystem", configuration);
    Handle *handle = core_use(computeSystem, KIND_SYSTEM, "HcsModifyComputeSystem");
    HRESULT result = handle && !identity ? core_modify(handle->system, configuration) : E_INVALID_ARGUMENT;
    return begin(use(operation, "HcsModifyComputeSystem"), fault, result, NULL);
}

EXPORT HRESULT WINAPI HcsSetComputeSystemCallback(
    HCS_SYSTEM computeSystem, HCS_EVENT_OPTIONS callbackOptions, const void *context, HCS_EVENT_CALLBACK callback)
{
    Fault fault = core_called("HcsSetComputeSystemCallback", NULL);
    Handle *handle = core_use(computeSystem, KIND_SYSTEM, "HcsSetComputeSystemCallback");
    if (fault.kind == FAULT_CALL) return fault.hresult;
    if (!handle || handle->listener || callbackOptions || !context) return E_INVALID_ARGUMENT;
    handle->listener = core_listen(handle->system, NULL, (void *)callback, (void *)context);
    return S_OK;
}

/* --- processes -------------------------------------------------------------------------------------------------- */

EXPORT HRESULT WINAPI HcsCreateProcess(
    HCS_SYSTEM computeSystem, PCWSTR processParameters, HCS_OPERATION operation,
    const SECURITY_DESCRIPTOR *securityDescriptor, HCS_PROCESS *process)
{
    Fault fault = core_called("HcsCreateProcess", processParameters);
    Handle *handle = core_use(computeSystem, KIND_SYSTEM, "HcsCreateProcess");
    Operation *target = use(operation, "HcsCreateProcess");
    Process *started = NULL;
    *process = NULL;
    if (!handle || !target || securityDescriptor) return E_INVALID_ARGUMENT;
    target->has_process = true;
    if (fault.kind == FAULT_CALL) return begin(target, fault, S_OK, NULL);
    HRESULT result = core_execute(handle->system, processParameters, &started);
    if (result == S_OK) {
        *process = (HCS_PROCESS)core_handle(KIND_PROCESS, handle->system, started);
        target->process = (HCS_PROCESS_INFORMATION){
            started->id, 0, started->their_in, started->their_out, started->their_err };
    }
    return begin(target, fault, result, NULL);
}

EXPORT HRESULT WINAPI HcsOpenProcess(
    HCS_SYSTEM computeSystem, DWORD processId, DWORD requestedAccess, HCS_PROCESS *process)
{
    Fault fault = core_called("HcsOpenProcess", NULL);
    Handle *handle = core_use(computeSystem, KIND_SYSTEM, "HcsOpenProcess");
    Process *found = NULL;
    *process = NULL;
    if (!handle || requestedAccess != ACCESS_ALL) return E_INVALID_ARGUMENT;
    HRESULT result = fault.kind == FAULT_CALL ? fault.hresult : core_find_process(handle->system, processId, &found);
    if (result == S_OK) *process = (HCS_PROCESS)core_handle(KIND_PROCESS, handle->system, found);
    return result;
}

EXPORT void WINAPI HcsCloseProcess(HCS_PROCESS process)
{
    core_called("HcsCloseProcess", NULL);
    Handle *handle = core_use(process, KIND_PROCESS, "HcsCloseProcess");
    if (handle) core_close(handle);
}

EXPORT HRESULT WINAPI HcsTerminateProcess(HCS_PROCESS process, HCS_OPERATION operation, PCWSTR options)
{
    Fault fault = core_called("HcsTerminateProcess", options);
    Handle *handle = core_use(process, KIND_PROCESS, "HcsTerminateProcess");
    bool performs = fault.kind != FAULT_CALL && fault.kind != FAULT_COMPLETION;
    HRESULT result = !handle || options ? E_INVALID_ARGUMENT : performs ? core_kill(handle->process) : S_OK;
    return begin(use(operation, "HcsTerminateProcess"), fault, result, NULL);
}

EXPORT HRESULT WINAPI HcsGetProcessInfo(HCS_PROCESS process, HCS_OPERATION operation)
{
    Fault fault = core_called("HcsGetProcessInfo", NULL);
    Handle *handle = core_use(process, KIND_PROCESS, "HcsGetProcessInfo");
    Operation *target = use(operation, "HcsGetProcessInfo");
    if (!handle || !target) return E_INVALID_ARGUMENT;
    Process *known = handle->process;
    target->has_process = true;
    target->process = (HCS_PROCESS_INFORMATION){ known->id, 0, known->their_in, known->their_out, known->their_err };
    return begin(target, fault, S_OK, NULL);
}

EXPORT HRESULT WINAPI HcsGetProcessProperties(HCS_PROCESS process, HCS_OPERATION operation, PCWSTR propertyQuery)
{
    Fault fault = core_called("HcsGetProcessProperties", propertyQuery);
    Handle *handle = core_use(process, KIND_PROCESS, "HcsGetProcessProperties");
    char *answer = NULL;
    HRESULT result = handle ? core_process_properties(handle->process, &answer) : E_INVALID_ARGUMENT;
    return begin(use(operation, "HcsGetProcessProperties"), fault, result, answer);
}

EXPORT HRESULT WINAPI HcsModifyProcess(HCS_PROCESS process, HCS_OPERATION operation, PCWSTR settings)
{
    Fault fault = core_called("HcsModifyProcess", settings);
    Handle *handle = core_use(process, KIND_PROCESS, "HcsModifyProcess");
    HRESULT result = handle ? core_modify_process(handle->process, settings) : E_INVALID_ARGUMENT;
    return begin(use(operation, "HcsModifyProcess"), fault, result, NULL);
}

EXPORT HRESULT WINAPI HcsSetProcessCallback(
    HCS_PROCESS process, HCS_EVENT_OPTIONS callbackOptions, void *context, HCS_EVENT_CALLBACK callback)
{
    Fault fault = core_called("HcsSetProcessCallback", NULL);
    Handle *handle = core_use(process, KIND_PROCESS, "HcsSetProcessCallback");
    if (fault.kind == FAULT_CALL) return fault.hresult;
    if (!handle || handle->listener || callbackOptions || !context) return E_INVALID_ARGUMENT;
    handle->listener = core_listen(handle->system, handle->process, (void *)callback, context);
    return S_OK;
}

/* --- service ---------------------------------------------------------------------------------------------------- */

EXPORT HRESULT WINAPI HcsGetServiceProperties(PCWSTR propertyQuery, PWSTR *result)
{
    Fault fault = core_called("HcsGetServiceProperties", propertyQuery);
    *result = core_string(fault.kind == FAULT_CALL ? fault.document
        : "{\"Properties\":[{\"SupportedSchemaVersions\":[{\"Major\":1,\"Minor\":0},{\"Major\":2,\"Minor\":5}]}]}");
    return fault.kind == FAULT_CALL ? fault.hresult : S_OK;
}

/* Stands in for the function of kernel32, so that every string is seen to be freed. */
EXPORT void *WINAPI mock_local_free(void *memory)
{
    core_free_string(memory);
    return NULL;
}
#ifndef _WIN32
EXPORT void *LocalFree(void *memory) { return mock_local_free(memory); }
#endif
