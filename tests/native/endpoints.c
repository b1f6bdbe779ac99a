/* Endpoints, and what they are attached to: namespaces and systems. */
#include "inner.h"
#include "networks.h"
#include "text.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TOLD_ATTACHED = 9, TOLD_DETACHED = 0x10 };

HRESULT endpoint_create_locked(Object *endpoint)
{
    static unsigned last_mac;
    if (json_field(endpoint->settings, "HostComputeNamespace")) return HCN(HCN_INVALID_ENDPOINT);
    char *on = json_said(json_field(endpoint->settings, "HostComputeNetwork"));
    bool other = on && object_locked(KIND_NETWORK, on) != endpoint->network;
    free(on);
    if (other) return HCN(HCN_INVALID_NETWORK);
    char *wanted = json_said(json_field(json_first(json_field(endpoint->settings, "IpConfigurations")), "IpAddress"));
    HRESULT hresult = address_take_locked(endpoint->network, wanted, &endpoint->address);
    free(wanted);
    if (hresult == S_OK) hresult = policies_add_locked(endpoint, json_field(endpoint->settings, "Policies"));
    char *mac = json_said(json_field(endpoint->settings, "MacAddress"));
    if (mac) snprintf(endpoint->mac, sizeof endpoint->mac, "%s", mac);
    else {
        unsigned number = ++last_mac;
        snprintf(endpoint->mac, sizeof endpoint->mac, "00-15-5D-%02X-%02X-%02X",
            number >> 16 & 255, number >> 8 & 255, number & 255);
    }
    free(mac);
    return hresult;
}

void endpoint_leave_locked(Object *endpoint)
{
    if (!endpoint->space) return;
    endpoint->space = NULL;
    networks_tell_locked(TOLD_DETACHED, endpoint);
}

HRESULT namespace_modify_locked(Object *space, const char *kind, const char *settings)
{
    char *id = json_said(json_field(settings, "EndpointId"));
    Object *endpoint = id ? object_locked(KIND_ENDPOINT, id) : NULL;
    free(id);
    if (!endpoint) return HCN(HCN_ENDPOINT_NOT_FOUND);
    if (strcmp(kind, "Add") == 0) {
        if (endpoint->space || endpoint->containers.count) return HCN(endpoint->space ? HCN_IN_NAMESPACE : HCN_ALREADY_ATTACHED);
        endpoint->space = space;
        networks_tell_locked(TOLD_ATTACHED, endpoint);
        return S_OK;
    }
    if (strcmp(kind, "Remove") != 0) return HCN(HCN_UNSUPPORTED);
    if (endpoint->space != space) return HCN(HCN_NOT_ATTACHED);
    endpoint_leave_locked(endpoint);
    return S_OK;
}

void endpoint_attach_locked(Object *endpoint, const char *container)
{
    if (list_find(&endpoint->containers, container) >= 0) return;
    list_add(&endpoint->containers, container);
    networks_tell_locked(TOLD_ATTACHED, endpoint);
}

void endpoint_detach_locked(const char *container, const char *id)
{
    for (Object *object = objects; object; object = object->next) {
        int index = object->kind == KIND_ENDPOINT ? list_find(&object->containers, container) : -1;
        if (index < 0 || (id && object_locked(KIND_ENDPOINT, id) != object)) continue;
        list_remove(&object->containers, index);
        if (!object->deleted) networks_tell_locked(TOLD_DETACHED, object);
    }
}

void endpoints_attach_listed(const System *system, PCWSTR document)
{
    char *json = text_narrow(document);
    port_lock(&core_lock);
    for (const char *item = json_first(json_field(json, "EndpointList")); item; item = json_next(item)) {
        char *id = json_said(item);
        Object *endpoint = object_locked(KIND_ENDPOINT, id);
        if (endpoint) endpoint_attach_locked(endpoint, system->id);
        free(id);
    }
    port_unlock(&core_lock);
    free(json);
}

/* An id that is none of an endpoint here is not looked at: the service of another machine may know it. */
void endpoints_modify_system(const System *system, PCWSTR document)
{
    char *json = text_narrow(document);
    char *resource = json_said(json_field(json, "ResourceType")), *kind = json_said(json_field(json, "RequestType"));
    char *id = json_said(json_field(json, "Settings"));
    if (resource && kind && id && strcmp(resource, "Network") == 0) {
        port_lock(&core_lock);
        Object *endpoint = object_locked(KIND_ENDPOINT, id);
        if (endpoint && strcmp(kind, "Add") == 0) endpoint_attach_locked(endpoint, system->id);
        else if (endpoint && strcmp(kind, "Remove") == 0) endpoint_detach_locked(system->id, id);
        port_unlock(&core_lock);
    }
    free(json);
    free(resource);
    free(kind);
    free(id);
}

/* What computecore, which is another library, would tell of a container and an endpoint, or a namespace. */
EXPORT int mock_attach(const char *container, const char *id, int on)
{
    port_lock(&core_lock);
    Object *object = object_locked(KIND_ENDPOINT, id);
    if (!object) object = object_locked(KIND_NAMESPACE, id);
    int index = object ? list_find(&object->containers, container) : -1;
    if (object && on && index < 0) list_add(&object->containers, container);
    if (object && !on && index >= 0) list_remove(&object->containers, index);
    port_unlock(&core_lock);
    return object != NULL;
}
