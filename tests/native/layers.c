/* The layers of vmcompute.dll: real folders on the disk, each with its state. */
#include "inner.h"
#include "layers.h"
#include "networks.h"
#include "text.h"
#include <stdlib.h>
#include <string.h>

#define E_NO_FUNCTION HR(0x80070001)
#define E_PATH_MISSING HR(0x80070003)
#define E_SHARED HR(0x80070020)
#define E_TOO_SMALL HR(0x8007007A)
#define E_THERE_ALREADY HR(0x800700B7)

typedef struct { int32_t Flavour; PCWSTR HomeDir; } DriverInfo;
typedef struct { GUID LayerId; DWORD Flags; PCWSTR Path; } WC_LAYER_DESCRIPTOR;

_Static_assert(sizeof(DriverInfo) == 16, "DriverInfo");
_Static_assert(sizeof(WC_LAYER_DESCRIPTOR) == 32, "WC_LAYER_DESCRIPTOR");

typedef enum { LAYER_CREATED, LAYER_ACTIVE, LAYER_PREPARED } LayerState;

/* A scratch that was called by this library, found by the number of its folder. */
typedef struct Scratch {
    uint64_t folder[2];
    LayerState state;
    GUID *ids;
    char **parents;
    int count; /* -1 when somebody else created it */
    struct Scratch *next;
} Scratch;

static Scratch *scratches;
static int preparing;

static void drop_parents(Scratch *scratch)
{
    for (int i = 0; i < scratch->count; i++) free(scratch->parents[i]);
    free(scratch->parents);
    free(scratch->ids);
    scratch->parents = NULL;
    scratch->ids = NULL;
    scratch->count = -1;
}

static void copy_parents(Scratch *scratch, const WC_LAYER_DESCRIPTOR *descriptors, DWORD count)
{
    drop_parents(scratch);
    scratch->ids = calloc(count + 1, sizeof *scratch->ids);
    scratch->parents = calloc(count + 1, sizeof *scratch->parents);
    scratch->count = (int)count;
    for (DWORD i = 0; i < count; i++) {
        scratch->ids[i] = descriptors[i].LayerId;
        scratch->parents[i] = text_narrow(descriptors[i].Path);
    }
}

void surface_reset_locked(void)
{
    for (Scratch *scratch = scratches, *next; scratch; scratch = next) {
        next = scratch->next;
        drop_parents(scratch);
        free(scratch);
    }
    scratches = NULL;
    alive[KIND_MOUNT] = 0;
    networks_reset_locked();
#ifndef _WIN32
    security_reset_locked();
#endif
}

/* NULL when the path is no folder with a scratch in it. */
static Scratch *find_locked(PCWSTR path)
{
    uint64_t folder[2];
    if (!port_folder(path, folder) || !port_has(path, "sandbox.vhdx")) return NULL;
    for (Scratch *scratch = scratches; scratch; scratch = scratch->next)
        if (scratch->folder[0] == folder[0] && scratch->folder[1] == folder[1]) return scratch;
    Scratch *scratch = calloc(1, sizeof *scratch);
    *scratch = (Scratch){ { folder[0], folder[1] }, LAYER_CREATED, NULL, NULL, -1, scratches };
    return scratches = scratch;
}

static void forget_locked(Scratch *scratch)
{
    Scratch **link = &scratches;
    while (*link != scratch) link = &(*link)->next;
    *link = scratch->next;
    drop_parents(scratch);
    free(scratch);
}

static GUID id_of(PCWSTR name)
{
    /* Any function of the name will do; this one is FNV, twice, in the shape of a version 5. */
    uint64_t hash[2] = { 14695981039346656037u, 1099511628211u };
    for (; *name; name++)
        for (int i = 0; i < 2; i++) hash[i] = (hash[i] ^ (uint64_t)*name) * 1099511628211u;
    GUID id;
    memcpy(&id, hash, sizeof id);
    id.Data3 = (uint16_t)((id.Data3 & 0x0FFF) | 0x5000);
    id.Data4[0] = (uint8_t)((id.Data4[0] & 0x3F) | 0x80);
    return id;
}

static bool separates(WCHAR c) { return c == '/' || c == '\\'; }

static PCWSTR last_name(PCWSTR path)
{
    PCWSTR name = path;
    for (; *path; path++)
        if (separates(*path)) name = path + 1;
    return name;
}

static void check_path(const char *function, PCWSTR path)
{
    if (!path || !port_is_absolute(path)) core_violation("%s was given a path that is not absolute", function);
    else if (!*last_name(path)) core_violation("%s was given a path with a separator at its end", function);
}

/* The part that all calls on a layer have. */
static Fault called(const char *function, const DriverInfo *info, PCWSTR path)
{
    char *name = text_narrow(path);
    core_record("%s %s", function, name ? name : "");
    free(name);
    if (!info || info->Flavour != 1 || !info->HomeDir || *info->HomeDir)
        core_violation("%s was given another driver than 1, without a home", function);
    check_path(function, path);
    return core_called(function, path);
}

static HRESULT end(Fault fault, HRESULT hresult)
{
    if (fault.delay) core_sleep(fault.delay);
    return fault.kind == FAULT_CALL ? fault.hresult : hresult;
}

/* The document of such a call is the list of its parents, one a line. */
static void check_parents(const char *function, const WC_LAYER_DESCRIPTOR *descriptors, DWORD count)
{
    if (count && !descriptors) { core_violation("%s was given no descriptors", function); return; }
    Text list = { 0 };
    for (DWORD i = 0; i < count; i++) {
        check_path(function, descriptors[i].Path);
        char *path = text_narrow(descriptors[i].Path);
        text_add(&list, "%s%s", i ? "\n" : "", path);
        free(path);
        GUID id = id_of(last_name(descriptors[i].Path));
        if (descriptors[i].Flags || memcmp(&id, &descriptors[i].LayerId, sizeof id) != 0)
            core_violation("%s was given a parent with flags, or with an id that is not of its name", function);
    }
    port_lock(&core_lock);
    Call *call = call_of(function);
    free(call->document);
    call->document = list.data;
    port_unlock(&core_lock);
}

static bool same_parents(const Scratch *scratch, const WC_LAYER_DESCRIPTOR *descriptors, DWORD count)
{
    if (scratch->count != (int)count) return false;
    for (DWORD i = 0; i < count; i++) {
        char *path = text_narrow(descriptors[i].Path);
        bool same = strcmp(path, scratch->parents[i]) == 0
            && memcmp(&descriptors[i].LayerId, &scratch->ids[i], sizeof(GUID)) == 0;
        free(path);
        if (!same) return false;
    }
    return true;
}

static void move_locked(Scratch *scratch, LayerState state)
{
    alive[KIND_MOUNT] += (state != LAYER_CREATED) - (scratch->state != LAYER_CREATED);
    scratch->state = state;
}

/* From one state to another; refused with the codes where it is in neither, or is no scratch. */
static HRESULT change(PCWSTR path, LayerState from, LayerState to, HRESULT refusal)
{
    port_lock(&core_lock);
    Scratch *scratch = find_locked(path);
    HRESULT hresult = !scratch ? E_PATH_MISSING : scratch->state != from ? refusal : S_OK;
    if (hresult == S_OK) move_locked(scratch, to);
    port_unlock(&core_lock);
    return hresult;
}

/* Such a layer is always there: it is neither activated nor deactivated. */
static bool is_read_only(PCWSTR path) { return port_has(path, "Files") && !port_has(path, "sandbox.vhdx"); }

EXPORT HRESULT WINAPI ActivateLayer(const DriverInfo *info, PCWSTR id)
{
    Fault fault = called("ActivateLayer", info, id);
    if (fault.kind == FAULT_CALL || is_read_only(id)) return end(fault, S_OK);
    return end(fault, change(id, LAYER_CREATED, LAYER_ACTIVE, E_SHARED));
}

EXPORT HRESULT WINAPI DeactivateLayer(const DriverInfo *info, PCWSTR id)
{
    Fault fault = called("DeactivateLayer", info, id);
    if (fault.kind == FAULT_CALL || is_read_only(id)) return end(fault, S_OK);
    return end(fault, change(id, LAYER_ACTIVE, LAYER_CREATED, E_NO_FUNCTION));
}

EXPORT HRESULT WINAPI PrepareLayer(
    const DriverInfo *info, PCWSTR id, const WC_LAYER_DESCRIPTOR *descriptors, DWORD descriptorCount)
{
    port_lock(&core_lock);
    bool alone = preparing++ == 0;
    port_unlock(&core_lock);
    if (!alone) core_violation("two PrepareLayer at the same time");
    Fault fault = called("PrepareLayer", info, id);
    check_parents("PrepareLayer", descriptors, descriptorCount);
    HRESULT hresult = S_OK;
    if (fault.kind != FAULT_CALL) {
        port_lock(&core_lock);
        Scratch *scratch = find_locked(id);
        bool others = scratch && scratch->count >= 0 && !same_parents(scratch, descriptors, descriptorCount);
        if (scratch && scratch->count < 0) copy_parents(scratch, descriptors, descriptorCount);
        port_unlock(&core_lock);
        if (others) core_violation("PrepareLayer was given other parents than CreateSandboxLayer");
        hresult = change(id, LAYER_ACTIVE, LAYER_PREPARED, E_PATH_MISSING);
    }
    hresult = end(fault, hresult);
    port_lock(&core_lock);
    preparing--;
    port_unlock(&core_lock);
    return hresult;
}

EXPORT HRESULT WINAPI UnprepareLayer(const DriverInfo *info, PCWSTR id)
{
    Fault fault = called("UnprepareLayer", info, id);
    return end(fault, fault.kind == FAULT_CALL ? S_OK : change(id, LAYER_PREPARED, LAYER_ACTIVE, E_NO_FUNCTION));
}

/* The document of a fault is the path. */
EXPORT HRESULT WINAPI GetLayerMountPath(const DriverInfo *info, PCWSTR id, size_t *length, WCHAR *buffer)
{
    Fault fault = called("GetLayerMountPath", info, id);
    if (!length || (buffer == NULL) != (*length == 0)) {
        core_violation("GetLayerMountPath was given a length without a buffer, or a buffer without a length");
        return E_INVALID_ARGUMENT;
    }
    if (fault.kind == FAULT_CALL) return end(fault, fault.hresult);
    port_lock(&core_lock);
    Scratch *scratch = find_locked(id);
    bool mounted = scratch && scratch->state != LAYER_CREATED;
    port_unlock(&core_lock);
    char *folder = is_read_only(id) ? text_narrow(id) : NULL;
    if (!mounted && !folder) return end(fault, E_PATH_MISSING);
    Text volume = { 0 };
    GUID guid = id_of(last_name(id));
    if (fault.document || folder) text_add(&volume, "%s", fault.document ? fault.document : folder);
    else text_add(&volume, "\\\\?\\Volume{%08x-%04x-%04x-%02x%02x-%02x%02x%02x%02x%02x%02x}\\",
        (unsigned)guid.Data1, guid.Data2, guid.Data3, guid.Data4[0], guid.Data4[1], guid.Data4[2], guid.Data4[3],
        guid.Data4[4], guid.Data4[5], guid.Data4[6], guid.Data4[7]);
    WCHAR *wide = text_widen(volume.data);
    size_t needed = *wide ? (size_t)text_length(wide) + 1 : 0;
    HRESULT hresult = S_OK;
    if (buffer && *length < needed) hresult = E_TOO_SMALL;
    else if (buffer) memcpy(buffer, wide, needed * sizeof *wide);
    if (buffer && *length != needed) core_violation("GetLayerMountPath was given another length than it told");
    *length = needed;
    free(wide);
    free(volume.data);
    free(folder);
    return end(fault, hresult);
}

EXPORT HRESULT WINAPI CreateSandboxLayer(
    const DriverInfo *info, PCWSTR id, PCWSTR parent, const WC_LAYER_DESCRIPTOR *descriptors, DWORD descriptorCount)
{
    Fault fault = called("CreateSandboxLayer", info, id);
    check_parents("CreateSandboxLayer", descriptors, descriptorCount);
    if (parent) core_violation("CreateSandboxLayer was given a parent beside the descriptors");
    if (fault.kind == FAULT_CALL) return end(fault, fault.hresult);
    if (port_has(id, "sandbox.vhdx")) return end(fault, E_THERE_ALREADY);
    if (!port_make_folder(id)) return end(fault, E_PATH_MISSING);
    /* Without parents it is an empty folder. */
    if (descriptorCount == 0) return end(fault, S_OK);
    bool made = port_write_file(id, "sandbox.vhdx");
    port_lock(&core_lock);
    Scratch *scratch = made ? find_locked(id) : NULL;
    if (scratch) copy_parents(scratch, descriptors, descriptorCount);
    port_unlock(&core_lock);
    return end(fault, scratch ? S_OK : E_PATH_MISSING);
}

EXPORT HRESULT WINAPI ExpandSandboxSize(const DriverInfo *info, PCWSTR id, uint64_t size)
{
    Fault fault = called("ExpandSandboxSize", info, id);
    core_record("%llu bytes", (unsigned long long)size);
    if (size == 0) core_violation("ExpandSandboxSize was given no size");
    return end(fault, fault.kind == FAULT_CALL ? S_OK : change(id, LAYER_CREATED, LAYER_CREATED, E_SHARED));
}

/* True when a mounted scratch has the layer below it: Windows ends the process then. */
static bool is_used_locked(PCWSTR path)
{
    char *name = text_narrow(path);
    bool used = false;
    for (Scratch *scratch = scratches; scratch; scratch = scratch->next)
        for (int i = 0; i < scratch->count && scratch->state != LAYER_CREATED; i++)
            used = used || strcmp(scratch->parents[i], name) == 0;
    free(name);
    return used;
}

EXPORT HRESULT WINAPI DestroyLayer(const DriverInfo *info, PCWSTR id)
{
    Fault fault = called("DestroyLayer", info, id);
    if (fault.kind == FAULT_CALL) return end(fault, fault.hresult);
    uint64_t folder[2];
    if (!port_folder(id, folder)) return end(fault, E_PATH_MISSING);
    port_lock(&core_lock);
    bool used = is_used_locked(id);
    Scratch *scratch = find_locked(id);
    bool mounted = scratch && scratch->state != LAYER_CREATED;
    if (scratch && !mounted) forget_locked(scratch);
    port_unlock(&core_lock);
    if (used) core_violation("DestroyLayer on the base of a mounted layer would have ended the process");
    if (used || mounted) return end(fault, E_SHARED);
    return end(fault, port_delete_folder(id) ? S_OK : E_ACCESS_DENIED);
}

EXPORT HRESULT WINAPI NameToGuid(PCWSTR name, GUID *guid)
{
    Fault fault = core_called("NameToGuid", name);
    if (fault.kind == FAULT_CALL) return end(fault, fault.hresult);
    if (!*name || *last_name(name) == 0 || last_name(name) != name)
        core_violation("NameToGuid was given a path, or nothing");
    *guid = id_of(name);
    return end(fault, S_OK);
}

static HRESULT process(const char *function, PCWSTR path, const char *base, const char *child)
{
    char *name = text_narrow(path);
    core_record("%s %s", function, name);
    free(name);
    check_path(function, path);
    if (!privileges_are_on()) core_violation("%s was called without the privileges", function);
    Fault fault = core_called(function, path);
    if (fault.kind == FAULT_CALL) return end(fault, fault.hresult);
    if (!port_has(path, "Files")) return end(fault, E_PATH_MISSING);
    if (port_has(path, base)) return end(fault, E_THERE_ALREADY);
    return end(fault, port_write_file(path, base) && port_write_file(path, child) ? S_OK : E_ACCESS_DENIED);
}

EXPORT HRESULT WINAPI ProcessBaseImage(PCWSTR path)
{
    return process("ProcessBaseImage", path, "blank-base.vhdx", "blank.vhdx");
}

EXPORT HRESULT WINAPI ProcessUtilityImage(PCWSTR path)
{
    return process("ProcessUtilityImage", path, "SystemTemplateBase.vhdx", "SystemTemplate.vhdx");
}
