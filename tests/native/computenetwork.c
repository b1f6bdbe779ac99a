/* computenetwork.dll, and the older door to the same service, HNSCall of vmcompute.dll. Both are in one library here, as
   they show the same objects; computenetwork.dll of Windows is a file that passes its calls on. */
#include "inner.h"
#include "networks.h"
#include "text.h"
#include <stdlib.h>
#include <string.h>

#ifdef _WIN32
#include <computedefs.h>
#include <computenetwork.h>
#else
typedef void *HCN_NETWORK, *HCN_ENDPOINT, *HCN_NAMESPACE, *HCN_CALLBACK;
typedef HCN_NETWORK *PHCN_NETWORK;
typedef HCN_ENDPOINT *PHCN_ENDPOINT;
typedef HCN_NAMESPACE *PHCN_NAMESPACE;
typedef void (CALLBACK *HCN_NOTIFICATION_CALLBACK)(DWORD type, void *context, HRESULT status, PCWSTR data);
#endif

typedef struct Registration { Handle *handle; struct Registration *next; } Registration;

static Registration *registrations;

void networks_tell_locked(DWORD type, const Object *object)
{
    for (Registration *one = registrations; one; one = one->next) {
        Text text = { 0 };
        text_add(&text, "{\"ID\":\"%s\"}", object->id);
        Event *event = event_of(NULL, NULL, EVENT_RAW, S_OK, text.data);
        event->raw = type;
        event->only = one->handle->listener->serial;
        post_locked(0, raise_now, event);
        free(text.data);
    }
}

/* Sets the error record. A synchronous fault is one that the record alone tells, after the work is done. */
static HRESULT answer(Fault fault, HRESULT hresult, PWSTR *record)
{
    if (fault.kind == FAULT_CALL) hresult = fault.hresult;
    if (fault.delay) core_sleep(fault.delay);
    bool told = hresult < 0 || (fault.kind == FAULT_SYNCHRONOUS && hresult == S_OK);
    Text text = { 0 };
    if (told && fault.kind != FAULT_NONE && fault.document) text_add(&text, "%s", fault.document);
    else if (told) text_add(&text, "{\"Success\":false,\"Error\":\"mock \xC3\xA9rror\",\"ErrorCode\":%u}",
        (unsigned)(hresult < 0 ? hresult : fault.hresult));
    if (record) *record = core_string(text.data);
    free(text.data);
    return hresult;
}

/* An answer of its own where the plan has one and refuses nothing. */
static const char *instead(Fault fault, const char *text)
{
    return fault.kind == FAULT_NONE && fault.document ? fault.document : text;
}

static HRESULT list(const char *name, Kind kind, PCWSTR query, PWSTR *ids, PWSTR *record)
{
    Fault fault = core_called(name, query);
    char *text = NULL;
    HRESULT hresult = fault.kind == FAULT_CALL ? fault.hresult : networks_list(kind, query, &text);
    *ids = core_string(instead(fault, text));
    free(text);
    return answer(fault, hresult, record);
}

static HRESULT hand_out(Fault fault, HRESULT hresult, Kind kind, Object *object, void **handle, PWSTR *record)
{
    *handle = NULL;
    if (hresult == S_OK) {
        Handle *made = core_handle(kind, NULL, NULL);
        made->object = object;
        *handle = made;
    }
    return answer(fault, hresult, record);
}

static HRESULT create(
    const char *name, Kind kind, void *network, REFGUID id, PCWSTR settings, void **handle, PWSTR *record)
{
    Fault fault = core_called(name, settings);
    Handle *on = kind == KIND_ENDPOINT ? core_use(network, KIND_NETWORK, name) : NULL;
    Object *object = NULL;
    HRESULT hresult = fault.kind == FAULT_CALL ? fault.hresult
        : kind == KIND_ENDPOINT && !on ? E_INVALID_ARGUMENT
        : networks_create(kind, on ? on->object : NULL, id, settings, &object);
    return hand_out(fault, hresult, kind, object, handle, record);
}

static HRESULT open(const char *name, Kind kind, REFGUID id, void **handle, PWSTR *record)
{
    Fault fault = core_called(name, NULL);
    Object *object = NULL;
    HRESULT hresult = fault.kind == FAULT_CALL ? fault.hresult : networks_find(kind, id, &object);
    return hand_out(fault, hresult, kind, object, handle, record);
}

static HRESULT modify(const char *name, Kind kind, void *object, PCWSTR settings, PWSTR *record)
{
    Fault fault = core_called(name, settings);
    Handle *handle = core_use(object, kind, name);
    return answer(fault, !handle ? E_INVALID_ARGUMENT
        : fault.kind == FAULT_CALL ? fault.hresult : networks_modify(handle->object, settings), record);
}

static HRESULT query(
    const char *name, Kind kind, void *object, PCWSTR text, HRESULT (*work)(Object *, PCWSTR, char **), PWSTR *answered,
    PWSTR *record)
{
    Fault fault = core_called(name, text);
    Handle *handle = core_use(object, kind, name);
    char *properties = NULL;
    HRESULT hresult = !handle ? E_INVALID_ARGUMENT
        : fault.kind == FAULT_CALL ? fault.hresult : work(handle->object, text, &properties);
    *answered = core_string(instead(fault, properties));
    free(properties);
    return answer(fault, hresult, record);
}

static HRESULT delete(const char *name, Kind kind, REFGUID id, PWSTR *record)
{
    Fault fault = core_called(name, NULL);
    return answer(fault, fault.kind == FAULT_CALL ? fault.hresult : networks_delete(kind, id), record);
}

static HRESULT close(const char *name, Kind kind, void *object)
{
    core_called(name, NULL);
    Handle *handle = core_use(object, kind, name);
    if (!handle) return E_INVALID_ARGUMENT;
    core_close(handle);
    return S_OK;
}

#define FUNCTIONS_OF(Name, kind) \
    EXPORT HRESULT WINAPI HcnEnumerate##Name##s(PCWSTR text, PWSTR *ids, PWSTR *record) \
    { return list("HcnEnumerate" #Name "s", kind, text, ids, record); } \
    EXPORT HRESULT WINAPI HcnOpen##Name(REFGUID id, void **handle, PWSTR *record) \
    { return open("HcnOpen" #Name, kind, id, handle, record); } \
    EXPORT HRESULT WINAPI HcnModify##Name(void *handle, PCWSTR settings, PWSTR *record) \
    { return modify("HcnModify" #Name, kind, handle, settings, record); } \
    EXPORT HRESULT WINAPI HcnQuery##Name##Properties(void *handle, PCWSTR text, PWSTR *properties, PWSTR *record) \
    { return query("HcnQuery" #Name "Properties", kind, handle, text, networks_query, properties, record); } \
    EXPORT HRESULT WINAPI HcnDelete##Name(REFGUID id, PWSTR *record) \
    { return delete("HcnDelete" #Name, kind, id, record); } \
    EXPORT HRESULT WINAPI HcnClose##Name(void *handle) \
    { return close("HcnClose" #Name, kind, handle); }

FUNCTIONS_OF(Network, KIND_NETWORK)
FUNCTIONS_OF(Endpoint, KIND_ENDPOINT)
FUNCTIONS_OF(Namespace, KIND_NAMESPACE)

EXPORT HRESULT WINAPI HcnCreateNetwork(REFGUID id, PCWSTR settings, PHCN_NETWORK network, PWSTR *record)
{
    return create("HcnCreateNetwork", KIND_NETWORK, NULL, id, settings, network, record);
}

EXPORT HRESULT WINAPI HcnCreateEndpoint(
    HCN_NETWORK network, REFGUID id, PCWSTR settings, PHCN_ENDPOINT endpoint, PWSTR *record)
{
    return create("HcnCreateEndpoint", KIND_ENDPOINT, network, id, settings, endpoint, record);
}

EXPORT HRESULT WINAPI HcnCreateNamespace(REFGUID id, PCWSTR settings, PHCN_NAMESPACE space, PWSTR *record)
{
    return create("HcnCreateNamespace", KIND_NAMESPACE, NULL, id, settings, space, record);
}

#ifndef MOCK_OLDER
static HRESULT counters(Object *endpoint, PCWSTR text, char **answered)
{
    (void)text;
    return networks_counters(endpoint, answered);
}

EXPORT HRESULT WINAPI HcnQueryEndpointStats(HCN_ENDPOINT endpoint, PCWSTR text, PWSTR *stats, PWSTR *record)
{
    return query("HcnQueryEndpointStats", KIND_ENDPOINT, endpoint, text, counters, stats, record);
}
#endif

EXPORT HRESULT WINAPI HcnRegisterServiceCallback(
    HCN_NOTIFICATION_CALLBACK callback, void *context, HCN_CALLBACK *registered)
{
    Fault fault = core_called("HcnRegisterServiceCallback", NULL);
    *registered = NULL;
    if (fault.delay) core_sleep(fault.delay);
    if (fault.kind == FAULT_CALL) return fault.hresult;
    if (!context) return E_INVALID_ARGUMENT;
    Handle *made = core_handle(KIND_CALLBACK, NULL, NULL);
    core_count(KIND_CALLBACK, -1); /* the listener counts */
    made->listener = core_listen(NULL, NULL, (void *)callback, context);
    Registration *one = malloc(sizeof *one);
    port_lock(&core_lock);
    *one = (Registration){ made, registrations };
    registrations = one;
    port_unlock(&core_lock);
    *registered = made;
    return S_OK;
}

EXPORT HRESULT WINAPI HcnUnregisterServiceCallback(HCN_CALLBACK registered)
{
    core_called("HcnUnregisterServiceCallback", NULL);
    Handle *handle = core_use(registered, KIND_CALLBACK, "HcnUnregisterServiceCallback");
    if (!handle) return E_INVALID_ARGUMENT;
    port_lock(&core_lock);
    Registration **link = &registrations;
    while ((*link)->handle != handle) link = &(*link)->next;
    Registration *one = *link;
    *link = one->next;
    port_unlock(&core_lock);
    free(one);
    core_unlisten(handle->listener);
    handle->magic = 0;
    return S_OK;
}

/* The answer of the older door: S_OK for a refusal too, which is in words. */
EXPORT HRESULT WINAPI HNSCall(PCWSTR method, PCWSTR path, PCWSTR request, PWSTR *response)
{
    Fault fault = core_called("HNSCall", path);
    char *verb = text_narrow(method), *place = text_narrow(path), *output = NULL;
    Text text = { 0 };
    (void)request;
    if (fault.delay) core_sleep(fault.delay);
    if (strcmp(verb, "GET") == 0 && strcmp(place, "/globals/version") == 0) output = strdup("{\"Major\":13,\"Minor\":3}");
    if (strcmp(verb, "GET") == 0 && strncmp(place, "/endpointstats/", 15) == 0) {
        port_lock(&core_lock);
        Object *endpoint = object_locked(KIND_ENDPOINT, place + 15);
        port_unlock(&core_lock);
        if (endpoint) networks_counters(endpoint, &output);
    }
    if (fault.document) text_add(&text, "%s", fault.document);
    else if (output && fault.kind == FAULT_NONE) text_add(&text, "{\"Success\":true,\"Output\":%s}", output);
    else text_add(&text, "{\"Success\":false,\"Error\":\"Element not found.\"}");
    *response = core_string(text.data);
    free(output);
    free(text.data);
    free(verb);
    free(place);
    return fault.kind == FAULT_CALL ? fault.hresult : S_OK;
}
