/* The policies of networks and endpoints: which there are, and which port of the host is mapped where. */
#include "networks.h"
#include "text.h"
#include <stdlib.h>
#include <string.h>
#ifdef _WIN32
#define strcasecmp _stricmp
#else
#include <strings.h>
#endif

static const char *const of_networks[] = {
    "NetAdapterName", "InterfaceConstraint", "AutomaticDNS", "SourceMacAddress", "VSwitchExtension", "DrMacAddress",
    "ProviderAddress", "RemoteSubnetRoute", "HostRoute", "VxlanPort", "SetPolicy", "L4Proxy", "LayerConstraint",
    "NetworkACL", NULL
};
static const char *const of_endpoints[] = {
    "PortMapping", "OutBoundNAT", "ACL", "QOS", "PortName", "SDNRoute", "EncapOverhead", "L4Proxy", "L4WFPPROXY", "Iov",
    "InterfaceParameters", "TierAcl", "Firewall", "VLAN", "ProviderAddress", "InterfaceConstraint", "L2Driver",
    "Encryption", NULL
};

static bool has_type(const char *policy, const char *type)
{
    char *own = json_said(json_field(policy, "Type"));
    bool same = own && strcmp(own, type) == 0;
    free(own);
    return same;
}

static bool is_known(Kind kind, const char *policy)
{
    for (const char *const *type = kind == KIND_NETWORK ? of_networks : of_endpoints; *type; type++)
        if (has_type(policy, *type)) return true;
    return false;
}

/* The port of the host and its protocol in one number; 0 for a policy that maps none. */
static unsigned mapped(const char *policy)
{
    if (!has_type(policy, "PortMapping")) return 0;
    const char *settings = json_field(policy, "Settings");
    char *protocol = json_said(json_field(settings, "Protocol")), *port = json_said(json_field(settings, "ExternalPort"));
    unsigned number = !protocol ? 0 : strcasecmp(protocol, "TCP") == 0 ? 6 : strcasecmp(protocol, "UDP") == 0 ? 17
        : (unsigned)strtoul(protocol, NULL, 10);
    unsigned result = port ? number << 16 | (unsigned)strtoul(port, NULL, 10) : 0;
    free(protocol);
    free(port);
    return result & 0xFFFF ? result : 0;
}

static bool is_mapped_locked(unsigned port)
{
    for (Object *object = objects; object; object = object->next)
        for (int i = 0; !object->deleted && i < object->policies.count; i++)
            if (mapped(object->policies.items[i]) == port) return true;
    return false;
}

static HRESULT check_locked_policy(const Object *object, const char *policy)
{
    if (!is_known(object->kind, policy)) return HCN(HCN_INVALID_POLICY_TYPE);
    if (!has_type(policy, "PortMapping")) return S_OK;
    if (strcmp(object->network->type, "NAT") != 0 && strcmp(object->network->type, "L2Bridge") != 0)
        return HCN(HCN_MAPPING_UNSUPPORTED);
    unsigned port = mapped(policy);
    return port && is_mapped_locked(port) ? HCN(HCN_PORT_EXISTS) : S_OK;
}

HRESULT policies_add_locked(Object *object, const char *list)
{
    int before = object->policies.count;
    for (const char *policy = json_first(list); policy; policy = json_next(policy)) {
        HRESULT hresult = check_locked_policy(object, policy);
        if (hresult < 0) {
            while (object->policies.count > before) list_remove(&object->policies, before);
            return hresult;
        }
        char *text = json_raw(policy);
        list_add(&object->policies, text);
        free(text);
    }
    return S_OK;
}

static bool is_same(const char *first, const char *second)
{
    if (mapped(first) || mapped(second)) return mapped(first) == mapped(second);
    char *one = json_raw(first), *other = json_raw(second);
    bool same = strcmp(one, other) == 0;
    free(one);
    free(other);
    return same;
}

static HRESULT remove_locked(Object *object, const char *list)
{
    for (const char *policy = json_first(list); policy; policy = json_next(policy)) {
        int i = 0;
        while (i < object->policies.count && !is_same(object->policies.items[i], policy)) i++;
        if (i == object->policies.count) return HCN(HCN_POLICY_NOT_FOUND);
        list_remove(&object->policies, i);
    }
    return S_OK;
}

HRESULT policies_modify_locked(Object *object, const char *kind, const char *settings)
{
    const char *list = json_field(settings, "Policies");
    if (!list || *list != '[') return HCN(HCN_INVALID_JSON);
    if (strcmp(kind, "Add") == 0) return policies_add_locked(object, list);
    if (strcmp(kind, "Remove") == 0) return remove_locked(object, list);
    if (strcmp(kind, "Update") != 0) return HCN(HCN_UNSUPPORTED);
    /* In place of all that are there; those come back where one of the new is refused. */
    List old = object->policies;
    object->policies = (List){ NULL, 0 };
    HRESULT hresult = policies_add_locked(object, list);
    List drop = hresult < 0 ? object->policies : old;
    if (hresult < 0) object->policies = old;
    while (drop.count) list_remove(&drop, 0);
    return hresult;
}
