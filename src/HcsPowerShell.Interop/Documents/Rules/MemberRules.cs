using System;
using System.Linq;

namespace HcsPowerShell.Interop.Documents.Rules;

/// <summary>The rules for single members; each returns the problem, or null when there is none.</summary>
internal static class MemberRules
{
    private const int HighestShare = 10000;

    public static DocumentProblem? Required(string? value, string path) =>
        string.IsNullOrEmpty(value) ? new DocumentProblem(path, "The member is required and is not set.") : null;

    public static DocumentProblem? Weight(decimal value, string path) =>
        InRange(value is >= 0 and <= HighestShare, path, "1 to 10000, or 0 for the default");

    public static DocumentProblem? Share(decimal value, string path) =>
        InRange(value is >= 0 and <= HighestShare, path, "1 to 10000 (percent times 100), or 0 for no limit");

    public static DocumentProblem? NotNegative(decimal value, string path) =>
        InRange(value >= 0, path, "1 or more, or 0 for no limit");

    public static DocumentProblem? OneOf(string? value, string path, params string[] choices) =>
        string.IsNullOrEmpty(value) || choices.Contains(value, StringComparer.OrdinalIgnoreCase)
            ? null
            : new DocumentProblem(path, $"The value is {(choices.Length > 1 ? "none of" : "not")} {string.Join(", ", choices)}.");

    private static DocumentProblem? InRange(bool inside, string path, string range) =>
        inside ? null : new DocumentProblem(path, $"The value is out of range; valid is {range}.");
}
