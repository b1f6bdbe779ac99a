/* Addresses of IPv4, and who has which. */
#include "networks.h"
#include <stdio.h>
#include <string.h>

bool address_parse(const char *text, uint32_t *address)
{
    unsigned a, b, c, d;
    char more;
    if (!text || sscanf(text, "%u.%u.%u.%u%c", &a, &b, &c, &d, &more) != 4 || a > 255 || b > 255 || c > 255 || d > 255)
        return false;
    *address = a << 24 | b << 16 | c << 8 | d;
    return true;
}

bool prefix_parse(const char *text, uint32_t *base, int *length)
{
    char address[16] = "", more;
    if (!text || sscanf(text, "%15[0-9.]/%d%c", address, length, &more) != 2) return false;
    return address_parse(address, base) && *length > 0 && *length <= 30 && !(*base & (0xFFFFFFFFu >> *length));
}

const char *address_text(uint32_t address)
{
    static char texts[4][16];
    static int next;
    char *text = texts[next++ % 4];
    snprintf(text, sizeof *texts, "%u.%u.%u.%u", address >> 24, address >> 16 & 255, address >> 8 & 255, address & 255);
    return text;
}

bool address_in(const Object *network, uint32_t address)
{
    return (address & ~(0xFFFFFFFFu >> network->length)) == network->base;
}

static bool is_free(const Object *network, uint32_t address)
{
    uint32_t last = network->base | 0xFFFFFFFFu >> network->length;
    if (address == network->base || address == last || address == network->gateway) return false;
    for (Object *other = objects; other; other = other->next)
        if (other->kind == KIND_ENDPOINT && other->network == network && other->address == address) return false;
    return true;
}

HRESULT address_take_locked(const Object *network, const char *wanted, uint32_t *address)
{
    if (wanted) {
        if (!address_parse(wanted, address) || !address_in(network, *address)) return HCN(HCN_INVALID_IP);
        return is_free(network, *address) ? S_OK : HCN(HCN_ADDRESS_RESERVED);
    }
    for (*address = network->base + 1; address_in(network, *address); ++*address)
        if (is_free(network, *address)) return S_OK;
    return HCN(HCN_ADDRESS_RESERVED);
}
