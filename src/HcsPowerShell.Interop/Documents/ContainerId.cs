using System;
using System.Linq;

namespace HcsPowerShell.Interop.Documents;

/// <summary>The ids that HCS accepts for a compute system.</summary>
public static class ContainerId
{
    /// <summary>Longest id, in UTF-16 code units.</summary>
    public const int MaximumLength = 255;

    /// <summary>Compares ids; case is ignored.</summary>
    public static StringComparer Comparer => StringComparer.OrdinalIgnoreCase;

    /// <summary>Returns the reason why a text cannot be an id; null when it can.</summary>
    public static string? Problem(string id) =>
        string.IsNullOrWhiteSpace(id) ? "An id cannot be blank."
        : id.Length > MaximumLength ? $"An id has at most {MaximumLength} characters; this one has {id.Length}."
        : id.Any(char.IsControl) ? "An id cannot contain control characters."
        : null;
}
