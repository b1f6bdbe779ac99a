using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Interop.Faults;

/// <summary>Checks a rule, so that a mistake in a plan is reported before any call is disturbed.</summary>
internal static class FaultRuleReader
{
    // The longest time that the timers of .NET accept.
    private const double MostSeconds = int.MaxValue / 1000;

    private static readonly ComputeOperation[] s_told =
    [
        .. Enum.GetValues(typeof(ComputeOperation)).Cast<ComputeOperation>().Where(operation => operation.Event() is not null),
    ];

    // The operations that are answered with a document.
    private static readonly ComputeOperation[] s_answered =
    [
        ComputeOperation.Enumerate, ComputeOperation.Properties, ComputeOperation.Statistics, ComputeOperation.ProcessList,
        ComputeOperation.MappedVirtualDisks, ComputeOperation.HasPendingUpdates, ComputeOperation.Wait,
    ];

    /// <exception cref="HcsDocumentException">The rule cannot be applied.</exception>
    public static FaultCounter Read(FaultRule rule, int index)
    {
        ComputeOperation operation = rule.Operation is { } given && Enum.IsDefined(typeof(ComputeOperation), given)
            ? given
            : throw Wrong(index, nameof(rule.Operation), "it is required: one of " + Names(typeof(ComputeOperation)));
        if (rule.Nth < 1)
        {
            throw Wrong(index, nameof(rule.Nth), $"calls are counted from 1, and {rule.Nth} was given; leave it out for every call");
        }

        if (rule.ResultDocument is not null && rule.HResult is null)
        {
            throw Wrong(index, nameof(rule.ResultDocument), "it comes with a refusal; give HResult too");
        }

        Fault[] faults = [.. Faults(rule, operation, index)];
        return faults.Length == 1
            ? new FaultCounter(operation, rule.Nth, faults[0])
            : throw new HcsDocumentException(
                $"FaultPlan[{index}]",
                $"a rule has exactly one of HResult, DelaySec, LostNotification, LateNotificationSec, RepeatedNotification, Answer and "
                    + "ServiceDisconnect; "
                    + $"this one has {faults.Length}");
    }

    private static IEnumerable<Fault> Faults(FaultRule rule, ComputeOperation operation, int index)
    {
        string origin = $"rule {index} of the fault plan ({rule})";
        if (rule.HResult is { } code)
        {
            yield return new Fault(
                FaultKind.Refused,
                ResultCode.Parse(code, out string problem) ?? throw Wrong(index, nameof(rule.HResult), problem),
                TimeSpan.Zero,
                rule.ResultDocument,
                origin);
        }

        if (rule.DelaySec is { } delay)
        {
            yield return new Fault(FaultKind.Delayed, 0, Time(delay, index, nameof(rule.DelaySec)), null, origin);
        }

        if (rule.LostNotification)
        {
            yield return new Fault(FaultKind.Late, 0, Timeout.InfiniteTimeSpan, null, origin);
        }

        if (rule.LateNotificationSec is { } late)
        {
            yield return new Fault(FaultKind.Late, 0, Time(late, index, nameof(rule.LateNotificationSec)), null, origin);
        }

        if (rule.RepeatedNotification)
        {
            RequireOneOf(s_told, operation, index, nameof(rule.RepeatedNotification));
            yield return new Fault(FaultKind.Repeated, 0, TimeSpan.Zero, null, origin);
        }

        if (rule.Answer is { } answer)
        {
            RequireOneOf(s_answered, operation, index, nameof(rule.Answer));
            yield return new Fault(FaultKind.Answered, 0, TimeSpan.Zero, answer, origin);
        }

        if (rule.ServiceDisconnect)
        {
            yield return new Fault(FaultKind.Disconnected, 0, TimeSpan.Zero, null, origin);
        }
    }

    private static void RequireOneOf(ComputeOperation[] allowed, ComputeOperation operation, int index, string member)
    {
        if (!allowed.Contains(operation))
        {
            throw Wrong(index, member, $"{operation} has none; it is for {string.Join(", ", allowed)}");
        }
    }

    // NaN is not in the range either.
    private static TimeSpan Time(double seconds, int index, string member) =>
        seconds is >= 0 and <= MostSeconds
            ? TimeSpan.FromSeconds(seconds)
            : throw Wrong(index, member, FormattableString.Invariant($"{seconds} was given; allowed are 0 to {MostSeconds} seconds"));

    private static string Names(Type type) => string.Join(", ", Enum.GetNames(type));

    private static HcsDocumentException Wrong(int index, string member, string reason) =>
        new($"FaultPlan[{index}].{member}", reason);
}
