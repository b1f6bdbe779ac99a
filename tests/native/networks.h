/* The Host Network Service: networks, endpoints and namespaces, as the Hcn functions and HNSCall both see them. */
#ifndef MOCK_NETWORKS_H
#define MOCK_NETWORKS_H

#include "core.h"

enum {
    HCN_NETWORK_NOT_FOUND = 0x01, HCN_ENDPOINT_NOT_FOUND = 0x02, HCN_POLICY_NOT_FOUND = 0x08, HCN_INVALID_NETWORK = 0x0A,
    HCN_INVALID_NETWORK_TYPE = 0x0B, HCN_INVALID_ENDPOINT = 0x0C, HCN_INVALID_POLICY_TYPE = 0x0E,
    HCN_NETWORK_EXISTS = 0x10, HCN_PORT_EXISTS = 0x13, HCN_ALREADY_ATTACHED = 0x14, HCN_UNSUPPORTED = 0x15,
    HCN_MAPPING_UNSUPPORTED = 0x16, HCN_INVALID_JSON = 0x1B, HCN_INVALID_IP = 0x1E, HCN_IN_NAMESPACE = 0x2B,
    HCN_HAS_REFERENCES = 0x2C, HCN_ADDRESS_RESERVED = 0x2F, HCN_INVALID_PREFIX = 0x30, HCN_NOT_ATTACHED = 0x34
};
#define HCN(code) HR(0x803B0000u | (unsigned)(code))

typedef struct { char **items; int count; } List;

/* Never freed, as a handle may outlive what it was opened for. */
typedef struct Object Object;
struct Object {
    Kind kind;
    GUID guid;
    char id[37];
    char *settings, *name, *type;
    List policies;
    uint32_t base, gateway, address; /* of a network; of an endpoint */
    int length;
    unsigned number;
    char mac[18];
    Object *network, *space; /* of an endpoint; NULL where it is in no namespace */
    List containers;
    bool deleted;
    Object *next;
};

/* networks.c */
extern Object *objects;
HRESULT networks_create(Kind kind, Object *network, REFGUID id, PCWSTR settings, Object **made);
HRESULT networks_find(Kind kind, REFGUID id, Object **found);
HRESULT networks_list(Kind kind, PCWSTR query, char **answer);
HRESULT networks_query(Object *object, PCWSTR query, char **answer);
HRESULT networks_modify(Object *object, PCWSTR settings);
HRESULT networks_delete(Kind kind, REFGUID id);
HRESULT networks_counters(Object *endpoint, char **answer);
Object *object_locked(Kind kind, const char *id);
void list_add(List *list, const char *text);
void list_remove(List *list, int index);
int list_find(const List *list, const char *text);
/* A notification of that number, with the id of the object, to everybody who listens. */
void networks_tell_locked(DWORD type, const Object *object);
void networks_reset_locked(void);

/* addresses.c */
bool address_parse(const char *text, uint32_t *address);
bool prefix_parse(const char *text, uint32_t *base, int *length);
/* As text in memory that the next four calls leave alone. */
const char *address_text(uint32_t address);
bool address_in(const Object *network, uint32_t address);
HRESULT address_take_locked(const Object *network, const char *wanted, uint32_t *address);

/* policies.c */
HRESULT policies_add_locked(Object *object, const char *list);
HRESULT policies_modify_locked(Object *object, const char *kind, const char *settings);

/* endpoints.c */
HRESULT endpoint_create_locked(Object *endpoint);
void endpoint_leave_locked(Object *endpoint);
HRESULT namespace_modify_locked(Object *space, const char *kind, const char *settings);
void endpoint_attach_locked(Object *endpoint, const char *container);
/* Of all endpoints, or of one. */
void endpoint_detach_locked(const char *container, const char *id);
/* The endpoints of the list in the document of a system that was created. */
void endpoints_attach_listed(const System *system, PCWSTR document);
/* What a request to modify a running system asks of an endpoint. */
void endpoints_modify_system(const System *system, PCWSTR document);

#endif
