using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Faults;

namespace HcsPowerShell.Hosts;

/// <summary>Reads a fault plan: typed rules, and hashtables with the names of a rule's members.</summary>
internal static class FaultRules
{
    private static readonly Dictionary<string, Action<FaultRule, object>> s_members =
        new(StringComparer.OrdinalIgnoreCase)
        {
            [nameof(FaultRule.Operation)] = (rule, value) => rule.Operation = Operation(value),
            [nameof(FaultRule.Nth)] = (rule, value) => rule.Nth = To<int>(value, "a whole number"),
            [nameof(FaultRule.HResult)] = (rule, value) => rule.HResult = Code(value),
            [nameof(FaultRule.ResultDocument)] = (rule, value) => rule.ResultDocument = To<string>(value, "a text"),
            [nameof(FaultRule.DelaySec)] = (rule, value) => rule.DelaySec = To<double>(value, "a number of seconds"),
            [nameof(FaultRule.LostNotification)] = (rule, value) => rule.LostNotification = To<bool>(value, "true or false"),
            [nameof(FaultRule.LateNotificationSec)] =
                (rule, value) => rule.LateNotificationSec = To<double>(value, "a number of seconds"),
            [nameof(FaultRule.RepeatedNotification)] =
                (rule, value) => rule.RepeatedNotification = To<bool>(value, "true or false"),
            [nameof(FaultRule.Answer)] = (rule, value) => rule.Answer = To<string>(value, "a text"),
            [nameof(FaultRule.ServiceDisconnect)] = (rule, value) => rule.ServiceDisconnect = To<bool>(value, "true or false"),
        };

    /// <exception cref="HcsDocumentException">
    /// A rule is of another type, or has an unknown member or a value that does not convert; the path names the rule.
    /// </exception>
    public static IReadOnlyList<FaultRule> Read(IEnumerable<object?> given) => [.. given.Select(Read)];

    private static FaultRule Read(object? given, int index) => given.Unwrap() switch
    {
        FaultRule rule => rule,
        IDictionary table => Read(table, index),
        _ => throw new HcsDocumentException(
            $"FaultPlan[{index}]", "a rule is a hashtable or a FaultRule; allowed members are " + string.Join(", ", s_members.Keys)),
    };

    private static FaultRule Read(IDictionary table, int index)
    {
        var rule = new FaultRule();
        foreach (DictionaryEntry entry in table)
        {
            string member = Convert.ToString(entry.Key, CultureInfo.InvariantCulture)!;
            string path = $"FaultPlan[{index}].{member}";
            if (!s_members.TryGetValue(member, out Action<FaultRule, object>? set))
            {
                throw new HcsDocumentException(
                    path, "a rule has no such member; allowed are " + string.Join(", ", s_members.Keys));
            }

            try
            {
                set(rule, entry.Value.Unwrap() ?? throw new FormatException("it has no value; leave it out"));
            }
            catch (FormatException e)
            {
                throw new HcsDocumentException(path, e.Message, e);
            }
        }

        return rule;
    }

    // Enum.Parse would accept numbers and lists as well.
    private static ComputeOperation Operation(object value)
    {
        string name = value.ToString()!;
        string? known = Enum.GetNames(typeof(ComputeOperation))
            .FirstOrDefault(n => n.Equals(name, StringComparison.OrdinalIgnoreCase));
        return known is not null
            ? (ComputeOperation)Enum.Parse(typeof(ComputeOperation), known)
            : throw new FormatException($"'{name}' is no operation; allowed are "
                + string.Join(", ", Enum.GetNames(typeof(ComputeOperation))));
    }

    // PowerShell reads 0x80370105 as a negative number. This writes it as the user did.
    private static string Code(object value) =>
        value is int number and < 0 ? $"0x{number:X8}" : Convert.ToString(value, CultureInfo.InvariantCulture)!;

    private static T To<T>(object value, string wanted) =>
        LanguagePrimitives.TryConvertTo(value, CultureInfo.InvariantCulture, out T converted)
            ? converted
            : throw new FormatException($"'{value}' was given, where {wanted} is expected");
}
