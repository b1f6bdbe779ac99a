/* vmcompute.dll: pending calls, notifications, strings of CoTaskMemFree. */
#define MOCK_VMCOMPUTE
#include "abi.h"
#include "inner.h"
#include "networks.h"
#include <stdlib.h>

int mock_wait_idle(int milliseconds);

#define PENDING HR(0xC0370103)

HRESULT surface_code(int code)
{
    /* The older family ends before these. */
    if (code == CODE_PROCESS_STOPPED) return E_ELEMENT_MISSING;
    if (code == CODE_DISCONNECTED) return HR(0x800706BA);
    return HR(0xC0370000u | (unsigned)code);
}

void surface_deliver(Listener *listener, EventKind kind, DWORD raw, HRESULT status, PCWSTR data)
{
    static const DWORD types[] = { 2, 3, 4, 5, 1, 0x10000, 0x01000000 };
    ((HCS_NOTIFICATION_CALLBACK)listener->callback)(
        kind == EVENT_RAW ? raw : types[kind], listener->context, status, data);
}

void surface_disconnect(void) { }

void surface_exited_locked(System *system) { endpoint_detach_locked(system->id, NULL); }

/* The exit ends every call on a system. */
void surface_closing(Handle *handle)
{
    System *system = handle->system;
    if (handle->pending > 0 && !system->disconnected && system->state != STATE_EXITED && !core_closes_pending)
        core_violation("a handle was closed under a call");
}

/* Sets the result document of a refusal. What is over when it returns takes its time here. */
static HRESULT answer(Fault fault, HRESULT hresult, PWSTR *result)
{
    if (fault.kind == FAULT_CALL) hresult = fault.hresult;
    if (fault.delay && hresult != PENDING) core_sleep(fault.delay);
    char *error = hresult < 0 && hresult != PENDING ? core_error_document(hresult) : NULL;
    if (result) *result = core_string(fault.document ? fault.document : error);
    free(error);
    return hresult;
}

/* What was asked for; a fault that is no refusal has an answer of its own. */
static const char *told(Fault fault, const char *text)
{
    return fault.kind == FAULT_NONE && fault.document ? fault.document : text;
}

static void close_handle(Handle *handle)
{
    if (handle->registrations > 0) core_violation("a handle was closed before its callback was unregistered");
    core_close(handle);
}

/* --- systems ---------------------------------------------------------------------------------------------------- */

EXPORT HRESULT WINAPI HcsEnumerateComputeSystems(PCWSTR query, PWSTR *computeSystems, PWSTR *result)
{
    Fault fault = core_called("HcsEnumerateComputeSystems", query);
    char *list = NULL;
    HRESULT hresult = fault.kind == FAULT_CALL ? fault.hresult : core_enumerate(query, &list);
    *computeSystems = core_string(told(fault, list));
    free(list);
    return answer(fault, hresult, result);
}

EXPORT HRESULT WINAPI HcsCreateComputeSystem(
    PCWSTR id, PCWSTR configuration, HANDLE identity, void **computeSystem, PWSTR *result)
{
    Fault fault = core_called("HcsCreateComputeSystem", configuration);
    System *system;
    *computeSystem = NULL;
    if (identity) return E_INVALID_ARGUMENT;
    HRESULT hresult = fault.kind == FAULT_CALL ? fault.hresult : core_create(id, configuration, &system);
    if (hresult < 0) return answer(fault, hresult, result);
    *computeSystem = core_handle(KIND_SYSTEM, system, NULL);
    endpoints_attach_listed(system, configuration);
    if (fault.kind == FAULT_SYNCHRONOUS) {
        /* Done when it returns; a failure is told all the same, to the first callback. */
        system->creation_status = fault.hresult;
        system->creation_held = fault.hresult < 0;
        return answer(fault, S_OK, result);
    }
    system->creation_status = fault.kind == FAULT_COMPLETION ? fault.hresult : S_OK;
    if (fault.kind != FAULT_LOST) core_raise(system, NULL, EVENT_CREATED, system->creation_status, NULL, fault.delay);
    return answer(fault, PENDING, result);
}

EXPORT HRESULT WINAPI HcsOpenComputeSystem(PCWSTR id, void **computeSystem, PWSTR *result)
{
    Fault fault = core_called("HcsOpenComputeSystem", id);
    System *system;
    *computeSystem = NULL;
    HRESULT hresult = fault.kind == FAULT_CALL ? fault.hresult : core_find(id, &system);
    if (hresult == S_OK) *computeSystem = core_handle(KIND_SYSTEM, system, NULL);
    return answer(fault, hresult, result);
}

EXPORT HRESULT WINAPI HcsCloseComputeSystem(void *computeSystem)
{
    core_called("HcsCloseComputeSystem", NULL);
    Handle *handle = core_use(computeSystem, KIND_SYSTEM, "HcsCloseComputeSystem");
    if (!handle) return E_INVALID_ARGUMENT;
    close_handle(handle);
    return S_OK;
}

static HRESULT change(
    const char *name, void *computeSystem, PCWSTR options, PWSTR *result, HRESULT (*work)(System *), EventKind kind)
{
    Fault fault = core_called(name, options);
    Handle *handle = core_use(computeSystem, KIND_SYSTEM, name);
    if (!handle) return E_INVALID_ARGUMENT;
    if (fault.kind == FAULT_CALL) return answer(fault, fault.hresult, result);
    HRESULT hresult = fault.kind == FAULT_COMPLETION ? S_OK : work(handle->system);
    if (hresult < 0) return answer(fault, hresult, result);
    if (fault.kind == FAULT_SYNCHRONOUS) return answer(fault, S_OK, result);
    HRESULT status = fault.kind == FAULT_COMPLETION ? fault.hresult : S_OK;
    if (kind == EVENT_SYSTEM_EXITED) {
        core_sleep(fault.delay);
    } else {
        core_pending(handle);
        if (fault.kind != FAULT_LOST) {
            core_post(fault.delay, core_settle, handle);
            core_raise(handle->system, NULL, kind, status, fault.document, fault.delay);
        }
    }
    return answer(fault, PENDING, result);
}

static HRESULT shut_down(System *system) { return core_exit(system, "GracefulExit", S_OK); }
static HRESULT terminate(System *system) { return core_exit(system, "ForcedExit", S_OK); }

EXPORT HRESULT WINAPI HcsStartComputeSystem(void *computeSystem, PCWSTR options, PWSTR *result)
{
    return change("HcsStartComputeSystem", computeSystem, options, result, core_start, EVENT_STARTED);
}

EXPORT HRESULT WINAPI HcsShutdownComputeSystem(void *computeSystem, PCWSTR options, PWSTR *result)
{
    return change("HcsShutdownComputeSystem", computeSystem, options, result, shut_down, EVENT_SYSTEM_EXITED);
}

EXPORT HRESULT WINAPI HcsTerminateComputeSystem(void *computeSystem, PCWSTR options, PWSTR *result)
{
    return change("HcsTerminateComputeSystem", computeSystem, options, result, terminate, EVENT_SYSTEM_EXITED);
}

EXPORT HRESULT WINAPI HcsPauseComputeSystem(void *computeSystem, PCWSTR options, PWSTR *result)
{
    return change("HcsPauseComputeSystem", computeSystem, options, result, core_pause, EVENT_PAUSED);
}

EXPORT HRESULT WINAPI HcsResumeComputeSystem(void *computeSystem, PCWSTR options, PWSTR *result)
{
    return change("HcsResumeComputeSystem", computeSystem, options, result, core_resume, EVENT_RESUMED);
}

#define SAVE_COMPLETED 8

EXPORT HRESULT WINAPI HcsSaveComputeSystem(void *computeSystem, PCWSTR options, PWSTR *result)
{
    Fault fault = core_called("HcsSaveComputeSystem", options);
    Handle *handle = core_use(computeSystem, KIND_SYSTEM, "HcsSaveComputeSystem");
    if (!handle) return E_INVALID_ARGUMENT;
    if (fault.kind == FAULT_CALL) return answer(fault, fault.hresult, result);
    port_lock(&core_lock);
    HRESULT hresult = check_locked(handle->system, STATE_PAUSED);
    port_unlock(&core_lock);
    if (hresult < 0) return answer(fault, hresult, result);
    if (fault.kind == FAULT_LOST) return answer(fault, PENDING, result);
    Event *saved = event_of(
        handle->system, NULL, EVENT_RAW, fault.kind == FAULT_COMPLETION ? fault.hresult : S_OK, fault.document);
    saved->raw = SAVE_COMPLETED;
    core_post(fault.delay, raise_now, saved);
    if (fault.kind != FAULT_COMPLETION) core_exit(handle->system, "GracefulExit", S_OK);
    return answer(fault, PENDING, result);
}

EXPORT HRESULT WINAPI HcsGetComputeSystemProperties(
    void *computeSystem, PCWSTR propertyQuery, PWSTR *properties, PWSTR *result)
{
    Fault fault = core_called("HcsGetComputeSystemProperties", propertyQuery);
    Handle *handle = core_use(computeSystem, KIND_SYSTEM, "HcsGetComputeSystemProperties");
    char *text = NULL;
    HRESULT hresult = !handle ? E_INVALID_ARGUMENT
        : fault.kind == FAULT_CALL ? fault.hresult : core_properties(handle->system, propertyQuery, &text);
    *properties = core_string(told(fault, text));
    free(text);
    return answer(fault, hresult, result);
}

EXPORT HRESULT WINAPI HcsModifyComputeSystem(void *computeSystem, PCWSTR configuration, PWSTR *result)
{
    Fault fault = core_called("HcsModifyComputeSystem", configuration);
    Handle *handle = core_use(computeSystem, KIND_SYSTEM, "HcsModifyComputeSystem");
    HRESULT hresult = handle ? core_modify(handle->system, configuration) : E_INVALID_ARGUMENT;
    if (hresult == S_OK && fault.kind != FAULT_CALL) endpoints_modify_system(handle->system, configuration);
    return answer(fault, hresult, result);
}

static HRESULT hear(
    const char *name, Kind kind, void *source, HCS_NOTIFICATION_CALLBACK callback, void *context, void **registration)
{
    Fault fault = core_called(name, NULL);
    Handle *handle = core_use(source, kind, name);
    *registration = NULL;
    if (fault.kind == FAULT_CALL) return fault.hresult;
    if (!handle || !context) return E_INVALID_ARGUMENT;
    /* The registration is a handle of its own, counted as the callback it carries. */
    Handle *made = calloc(1, sizeof *made);
    *made = (Handle){ handle->magic, KIND_CALLBACK, handle->system, handle->process, NULL, handle, 0, 0, NULL };
    handle->registrations++;
    made->listener = core_listen(handle->system, handle->process, (void *)callback, context);
    *registration = made;
    if (fault.kind == FAULT_SYNCHRONOUS) mock_wait_idle(1000);
    return S_OK;
}

static HRESULT unhear(const char *name, void *registration)
{
    core_called(name, NULL);
    Handle *handle = core_use(registration, KIND_CALLBACK, name);
    if (!handle) return E_INVALID_ARGUMENT;
    core_unlisten(handle->listener);
    handle->source->registrations--;
    handle->magic = 0;
    return S_OK;
}

EXPORT HRESULT WINAPI HcsRegisterComputeSystemCallback(
    void *computeSystem, HCS_NOTIFICATION_CALLBACK callback, void *context, void **callbackHandle)
{
    return hear("HcsRegisterComputeSystemCallback", KIND_SYSTEM, computeSystem, callback, context, callbackHandle);
}

EXPORT HRESULT WINAPI HcsUnregisterComputeSystemCallback(void *callbackHandle)
{
    return unhear("HcsUnregisterComputeSystemCallback", callbackHandle);
}

/* --- processes -------------------------------------------------------------------------------------------------- */

EXPORT HRESULT WINAPI HcsCreateProcess(
    void *computeSystem, PCWSTR processParameters, HCS_PROCESS_INFORMATION *processInformation, void **process,
    PWSTR *result)
{
    Fault fault = core_called("HcsCreateProcess", processParameters);
    Handle *handle = core_use(computeSystem, KIND_SYSTEM, "HcsCreateProcess");
    Process *started;
    *process = NULL;
    HRESULT hresult = !handle ? E_INVALID_ARGUMENT
        : fault.kind == FAULT_CALL ? fault.hresult : core_execute(handle->system, processParameters, &started);
    if (hresult == S_OK) {
        *process = core_handle(KIND_PROCESS, handle->system, started);
        *processInformation = (HCS_PROCESS_INFORMATION){
            started->id, 0, started->their_in, started->their_out, started->their_err };
    }
    return answer(fault, hresult, result);
}

EXPORT HRESULT WINAPI HcsOpenProcess(void *computeSystem, DWORD processId, void **process, PWSTR *result)
{
    Fault fault = core_called("HcsOpenProcess", NULL);
    Handle *handle = core_use(computeSystem, KIND_SYSTEM, "HcsOpenProcess");
    Process *found;
    *process = NULL;
    HRESULT hresult = !handle ? E_INVALID_ARGUMENT
        : fault.kind == FAULT_CALL ? fault.hresult : core_find_process(handle->system, processId, &found);
    if (hresult == S_OK) *process = core_handle(KIND_PROCESS, handle->system, found);
    return answer(fault, hresult, result);
}

EXPORT HRESULT WINAPI HcsCloseProcess(void *process)
{
    core_called("HcsCloseProcess", NULL);
    Handle *handle = core_use(process, KIND_PROCESS, "HcsCloseProcess");
    if (!handle) return E_INVALID_ARGUMENT;
    close_handle(handle);
    return S_OK;
}

EXPORT HRESULT WINAPI HcsTerminateProcess(void *process, PWSTR *result)
{
    Fault fault = core_called("HcsTerminateProcess", NULL);
    Handle *handle = core_use(process, KIND_PROCESS, "HcsTerminateProcess");
    HRESULT hresult = !handle ? E_INVALID_ARGUMENT : fault.kind == FAULT_CALL ? fault.hresult : core_kill(handle->process);
    return answer(fault, hresult, result);
}

EXPORT HRESULT WINAPI HcsGetProcessProperties(void *process, PWSTR *processProperties, PWSTR *result)
{
    Fault fault = core_called("HcsGetProcessProperties", NULL);
    Handle *handle = core_use(process, KIND_PROCESS, "HcsGetProcessProperties");
    char *status = NULL;
    HRESULT hresult = !handle ? E_INVALID_ARGUMENT
        : fault.kind == FAULT_CALL ? fault.hresult : core_process_properties(handle->process, &status);
    *processProperties = core_string(told(fault, status));
    free(status);
    return answer(fault, hresult, result);
}

EXPORT HRESULT WINAPI HcsModifyProcess(void *process, PCWSTR settings, PWSTR *result)
{
    Fault fault = core_called("HcsModifyProcess", settings);
    Handle *handle = core_use(process, KIND_PROCESS, "HcsModifyProcess");
    return answer(fault, handle ? core_modify_process(handle->process, settings) : E_INVALID_ARGUMENT, result);
}

EXPORT HRESULT WINAPI HcsRegisterProcessCallback(
    void *process, HCS_NOTIFICATION_CALLBACK callback, void *context, void **callbackHandle)
{
    return hear("HcsRegisterProcessCallback", KIND_PROCESS, process, callback, context, callbackHandle);
}

EXPORT HRESULT WINAPI HcsUnregisterProcessCallback(void *callbackHandle)
{
    return unhear("HcsUnregisterProcessCallback", callbackHandle);
}

/* --- service ---------------------------------------------------------------------------------------------------- */

EXPORT HRESULT WINAPI HcsGetServiceProperties(PCWSTR propertyQuery, PWSTR *properties, PWSTR *result)
{
    Fault fault = core_called("HcsGetServiceProperties", propertyQuery);
    *properties = core_string(told(fault, "{}"));
    return answer(fault, S_OK, result);
}

/* Stands in for the function of ole32, so that every string is seen to be freed. */
EXPORT void WINAPI mock_co_task_mem_free(void *memory) { core_free_string(memory); }
#ifndef _WIN32
EXPORT void CoTaskMemFree(void *memory) { core_free_string(memory); }
#endif
