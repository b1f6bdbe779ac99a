/* The objects of the Host Network Service, which they all have in common, and the networks. */
#include "inner.h"
#include "networks.h"
#include "text.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#ifdef _WIN32
#define strcasecmp _stricmp
#else
#include <strings.h>
#endif

Object *objects;
static bool ids_refused;

void list_add(List *list, const char *text)
{
    list->items = realloc(list->items, (size_t)(list->count + 1) * sizeof *list->items);
    list->items[list->count++] = strdup(text);
}

void list_remove(List *list, int index)
{
    free(list->items[index]);
    list->count--;
    memmove(list->items + index, list->items + index + 1, (size_t)(list->count - index) * sizeof *list->items);
}

int list_find(const List *list, const char *text)
{
    for (int i = 0; i < list->count; i++)
        if (strcasecmp(list->items[i], text) == 0) return i;
    return -1;
}

Object *object_locked(Kind kind, const char *id)
{
    for (Object *object = objects; object; object = object->next)
        if (!object->deleted && object->kind == kind && strcasecmp(object->id, id) == 0) return object;
    return NULL;
}

static Object *of_guid_locked(Kind kind, REFGUID id)
{
    for (Object *object = objects; object; object = object->next)
        if (!object->deleted && object->kind == kind && memcmp(&object->guid, id, sizeof *id) == 0) return object;
    return NULL;
}

static HRESULT missing(Kind kind)
{
    return kind == KIND_NETWORK ? HCN(HCN_NETWORK_NOT_FOUND)
        : kind == KIND_ENDPOINT ? HCN(HCN_ENDPOINT_NOT_FOUND) : E_ELEMENT_MISSING;
}

void networks_reset_locked(void)
{
    for (Object *object = objects; object; object = object->next) object->deleted = true;
    objects = NULL;
    ids_refused = false;
}

/* From now on an id of the caller is refused: the service chooses each. */
EXPORT void mock_set_ids_refused(int on) { ids_refused = on; }

EXPORT void mock_forget_networks(void)
{
    port_lock(&core_lock);
    networks_reset_locked();
    port_unlock(&core_lock);
}

EXPORT int mock_networks(void)
{
    int count = 0;
    port_lock(&core_lock);
    for (Object *object = objects; object; object = object->next) count++;
    port_unlock(&core_lock);
    return count;
}

static void write_id(Object *object)
{
    const GUID *id = &object->guid;
    snprintf(object->id, sizeof object->id, "%08X-%04X-%04X-%02X%02X-%02X%02X%02X%02X%02X%02X", (unsigned)id->Data1, id->Data2,
        id->Data3, id->Data4[0], id->Data4[1], id->Data4[2], id->Data4[3], id->Data4[4], id->Data4[5], id->Data4[6],
        id->Data4[7]);
}

static bool is_type(const char *type)
{
    static const char *const types[] = {
        "NAT", "ICS", "Transparent", "L2Bridge", "L2Tunnel", "Overlay", "Private", "Internal", "Mirrored", "Infiniband",
        "ConstrainedICS"
    };
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (strcasecmp(types[i], type) == 0) return true;
    return false;
}

static bool is_taken_locked(uint32_t base, int length)
{
    for (Object *object = objects; object; object = object->next)
        if (object->kind == KIND_NETWORK && ((object->base ^ base) & ~(0xFFFFFFFFu >> (object->length < length ? object->length : length))) == 0)
            return true;
    return false;
}

static HRESULT network_create_locked(Object *network)
{
    if (network->name)
        for (Object *other = objects; other; other = other->next)
            if (other->kind == KIND_NETWORK && other->name && strcasecmp(other->name, network->name) == 0)
                return HCN(HCN_NETWORK_EXISTS);
    if (!network->type) network->type = strdup("NAT");
    if (!is_type(network->type)) return HCN(HCN_INVALID_NETWORK_TYPE);
    const char *subnet = json_first(json_field(json_first(json_field(network->settings, "Ipams")), "Subnets"));
    if (subnet) {
        char *prefix = json_said(json_field(subnet, "IpAddressPrefix"));
        bool good = prefix_parse(prefix, &network->base, &network->length);
        free(prefix);
        if (!good) return HCN(HCN_INVALID_PREFIX);
    } else {
        network->length = 24;
        for (network->base = 0xAC1E0000u; is_taken_locked(network->base, 24);) network->base += 256;
    }
    char *gateway = json_said(json_field(json_first(json_field(subnet, "Routes")), "NextHop"));
    if (!address_parse(gateway, &network->gateway)) network->gateway = network->base + 1;
    free(gateway);
    return policies_add_locked(network, json_field(network->settings, "Policies"));
}

static HRESULT create_locked(Object *object, REFGUID id)
{
    static const GUID none;
    static uint32_t last_id, last_compartment = 1;
    bool chosen = memcmp(id, &none, sizeof none) != 0;
    if (chosen && ids_refused) return E_INVALID_ARGUMENT;
    if (chosen && of_guid_locked(object->kind, id))
        return object->kind == KIND_NETWORK ? HCN(HCN_NETWORK_EXISTS) : HR(0x800700B7);
    object->guid = chosen ? *id : (GUID){ ++last_id, 0x4843, 0x4E53, { 0xA0, 0, 0, 0, 0, 0, 0, 1 } };
    write_id(object);
    if (object->kind == KIND_NETWORK) return network_create_locked(object);
    if (object->kind == KIND_ENDPOINT) return endpoint_create_locked(object);
    object->number = ++last_compartment;
    return S_OK;
}

HRESULT networks_create(Kind kind, Object *network, REFGUID id, PCWSTR settings, Object **made)
{
    char *json = text_narrow(settings);
    if (!json || !json_is_object(json)) { free(json); return HCN(HCN_INVALID_JSON); }
    Object *object = calloc(1, sizeof *object);
    object->kind = kind;
    object->network = network;
    object->settings = json;
    object->name = json_said(json_field(json, "Name"));
    object->type = json_said(json_field(json, "Type"));
    port_lock(&core_lock);
    HRESULT hresult = network && network->deleted ? missing(KIND_NETWORK) : create_locked(object, id);
    if (hresult == S_OK) {
        Object **link = &objects;
        while (*link) link = &(*link)->next;
        *link = *made = object;
        if (kind != KIND_ENDPOINT) networks_tell_locked(kind == KIND_NETWORK ? 2 : 5, object);
    }
    port_unlock(&core_lock);
    return hresult;
}

HRESULT networks_find(Kind kind, REFGUID id, Object **found)
{
    port_lock(&core_lock);
    *found = of_guid_locked(kind, id);
    port_unlock(&core_lock);
    return *found ? S_OK : missing(kind);
}

static HRESULT delete_locked(Object *object)
{
    /* Known of the service: what it still lists a container in it stays. */
    if (object->kind == KIND_NAMESPACE && object->containers.count) return HCN(HCN_UNSUPPORTED);
    for (Object *other = objects; other; other = other->next)
        if (other->network == object) return HCN(HCN_HAS_REFERENCES);
    for (Object *other = objects; other; other = other->next)
        if (other->space == object) endpoint_leave_locked(other);
    endpoint_leave_locked(object);
    object->deleted = true;
    Object **link = &objects;
    while (*link != object) link = &(*link)->next;
    *link = object->next;
    if (object->kind != KIND_ENDPOINT) networks_tell_locked(object->kind == KIND_NETWORK ? 4 : 6, object);
    return S_OK;
}

HRESULT networks_delete(Kind kind, REFGUID id)
{
    port_lock(&core_lock);
    Object *object = of_guid_locked(kind, id);
    HRESULT hresult = object ? delete_locked(object) : missing(kind);
    port_unlock(&core_lock);
    return hresult;
}

HRESULT networks_modify(Object *object, PCWSTR settings)
{
    char *json = text_narrow(settings);
    char *resource = json_said(json_field(json, "ResourceType")), *kind = json_said(json_field(json, "RequestType"));
    const char *inner = json_field(json, "Settings");
    port_lock(&core_lock);
    HRESULT hresult = object->deleted ? missing(object->kind)
        : !json || !json_is_object(json) || !resource || !kind || !inner ? HCN(HCN_INVALID_JSON)
        : object->kind == KIND_NAMESPACE && strcmp(resource, "Endpoint") == 0 ? namespace_modify_locked(object, kind, inner)
        : object->kind != KIND_NAMESPACE && strcmp(resource, "Policy") == 0 ? policies_modify_locked(object, kind, inner)
        : HCN(HCN_UNSUPPORTED);
    port_unlock(&core_lock);
    free(json);
    free(resource);
    free(kind);
    return hresult;
}

/* --- answers ---------------------------------------------------------------------------------------------------- */

/* Members of the settings that are told as they came; the service has its own account of the others. */
static void add_settings(Text *text, const Object *object)
{
    static const char *const own[] = {
        "ID", "Type", "Policies", "HostComputeNetwork", "HostComputeNamespace", "IpConfigurations", "MacAddress", "Resources",
        "Health", "Version", "State"
    };
    Member member = { object->settings, NULL, NULL };
    while (json_next_member(&member)) {
        bool is_own = false;
        for (size_t i = 0; i < sizeof own / sizeof *own; i++) is_own = is_own || strcmp(own[i], member.name) == 0;
        if (is_own) continue;
        char *value = json_raw(member.value);
        text_add(text, ",\"%s\":%s", member.name, value);
        free(value);
    }
}

static void add_list(Text *text, const char *name, const List *list, bool quoted)
{
    text_add(text, ",\"%s\":[", name);
    for (int i = 0; i < list->count; i++) {
        text_add(text, "%s", i ? "," : "");
        if (quoted) text_add_quoted(text, list->items[i]);
        else text_add(text, "%s", list->items[i]);
    }
    text_add(text, "]");
}

static void add_network(Text *text, const Object *network)
{
    /* NAT is the number 0, which is left out. */
    if (strcmp(network->type, "NAT") != 0) text_add(text, ",\"Type\":\"%s\"", network->type);
    if (!json_field(network->settings, "Ipams"))
        text_add(text, ",\"Ipams\":[{\"Type\":\"Static\",\"Subnets\":[{\"IpAddressPrefix\":\"%s/%d\",\"Routes\":[{\"NextHop\":"
            "\"%s\",\"DestinationPrefix\":\"0.0.0.0/0\"}]}]}]", address_text(network->base), network->length,
            address_text(network->gateway));
}

static void add_endpoint(Text *text, const Object *endpoint)
{
    text_add(text, ",\"HostComputeNetwork\":\"%s\",\"HostComputeNamespace\":\"%s\",\"MacAddress\":\"%s\",\"IpConfigurations\":"
        "[{\"IpAddress\":\"%s\",\"PrefixLength\":%d}]", endpoint->network->id,
        endpoint->space ? endpoint->space->id : "00000000-0000-0000-0000-000000000000", endpoint->mac,
        address_text(endpoint->address), endpoint->network->length);
}

static void add_namespace(Text *text, const Object *space)
{
    const char *comma = "";
    text_add(text, ",\"NamespaceId\":%u,\"NamespaceGuid\":\"%s\",\"Type\":\"%s\",\"Resources\":[", space->number, space->id,
        space->type ? space->type : "Host");
    for (Object *endpoint = objects; endpoint; endpoint = endpoint->next) {
        if (endpoint->space != space) continue;
        text_add(text, "%s{\"Type\":\"Endpoint\",\"Data\":{\"Id\":\"%s\"}}", comma, endpoint->id);
        comma = ",";
    }
    for (int i = 0; i < space->containers.count; i++) {
        text_add(text, "%s{\"Type\":\"Container\",\"Data\":{\"Id\":\"%s\"}}", comma, space->containers.items[i]);
        comma = ",";
    }
    text_add(text, "]");
}

static void describe_locked(Text *text, const Object *object, bool detailed)
{
    text_add(text, "{\"ID\":\"%s\"", object->id);
    add_settings(text, object);
    if (object->kind == KIND_NETWORK) add_network(text, object);
    if (object->kind == KIND_ENDPOINT) add_endpoint(text, object);
    if (object->kind == KIND_NAMESPACE) add_namespace(text, object);
    else add_list(text, "Policies", &object->policies, false);
    text_add(text, ",\"Version\":47244640256,\"State\":1,\"Health\":{\"Data\":null,\"Extra\":{\"AllocationOrder\":1");
    if (object->kind == KIND_ENDPOINT) add_list(text, "SharedContainers", &object->containers, true);
    if (detailed) text_add(text, ",\"Resources\":{\"ID\":\"%s\"}", object->id);
    text_add(text, "}}}");
}

HRESULT networks_query(Object *object, PCWSTR query, char **answer)
{
    char *json = text_narrow(query), *flags = json_said(json_field(json, "Flags"));
    Text text = { 0 };
    port_lock(&core_lock);
    HRESULT hresult = !json || !json_is_object(json) ? HCN(HCN_INVALID_JSON) : object->deleted ? missing(object->kind) : S_OK;
    if (hresult == S_OK) describe_locked(&text, object, flags && *flags == '1');
    port_unlock(&core_lock);
    free(json);
    free(flags);
    *answer = text.data;
    return hresult;
}

/* True for an object that has all that the filter names. */
static bool passes(const Object *object, const char *filter)
{
    bool good = true;
    Member member = { filter, NULL, NULL };
    while (json_next_member(&member)) {
        char *wanted = json_said(member.value);
        const char *own = strcmp(member.name, "ID") == 0 ? object->id
            : strcmp(member.name, "Name") == 0 ? object->name
            : strcmp(member.name, "Type") == 0 ? object->type
            : strcmp(member.name, "VirtualNetwork") == 0 && object->network ? object->network->id : NULL;
        good = good && own && strcasecmp(own, wanted) == 0;
        free(wanted);
    }
    return good;
}

HRESULT networks_list(Kind kind, PCWSTR query, char **answer)
{
    char *json = text_narrow(query), *filter = json_said(json_field(json, "Filter"));
    if (!json || !json_is_object(json) || (filter && *filter && !json_is_object(filter))) {
        free(json);
        free(filter);
        return HCN(HCN_INVALID_JSON);
    }
    Text text = { 0 };
    const char *comma = "";
    text_add(&text, "[");
    port_lock(&core_lock);
    for (Object *object = objects; object; object = object->next) {
        if (object->kind != kind || (filter && *filter && !passes(object, filter))) continue;
        text_add(&text, "%s\"%s\"", comma, object->id);
        comma = ",";
    }
    port_unlock(&core_lock);
    text_add(&text, "]");
    free(json);
    free(filter);
    *answer = text.data;
    return S_OK;
}

HRESULT networks_counters(Object *endpoint, char **answer)
{
    Text text = { 0 };
    port_lock(&core_lock);
    HRESULT hresult = endpoint->deleted ? missing(KIND_ENDPOINT) : S_OK;
    if (hresult == S_OK)
        text_add(&text, "{\"BytesReceived\":4294968320,\"BytesSent\":2048,\"PacketsReceived\":16,\"PacketsSent\":8,"
            "\"DroppedPacketsIncoming\":1,\"DroppedPacketsOutgoing\":2,\"EndpointId\":\"%s\",\"InstanceId\":\"%s\"}",
            endpoint->id, endpoint->id);
    port_unlock(&core_lock);
    *answer = text.data;
    return hresult;
}
