using System.Collections.Generic;
using System.Globalization;

namespace HcsPowerShell.Interop.Faults;

/// <summary>
/// One rule of a fault plan: which calls of which operation it disturbs, and how. It has exactly one of
/// <see cref="HResult"/>, <see cref="DelaySec"/>, <see cref="LostNotification"/>, <see cref="LateNotificationSec"/>,
/// <see cref="RepeatedNotification"/>, <see cref="Answer"/> and <see cref="ServiceDisconnect"/>.
/// </summary>
public sealed class FaultRule
{
    /// <summary>The operation to disturb. It has no default.</summary>
    public ComputeOperation? Operation { get; set; }

    /// <summary>
    /// The number of the call to disturb, counted over the whole host from 1 since the plan was set; null for every
    /// call. The exits of containers and processes (Wait, ProcessWait) are counted by handle, when the exit of the
    /// handle is first awaited.
    /// </summary>
    public int? Nth { get; set; }

    /// <summary>
    /// The call is refused with this code and nothing is done: hexadecimal (0x80370105), decimal, or a name of
    /// winerror.h (HCS_E_INVALID_STATE). An exit notification with a code comes at the exit, and makes the waits fail.
    /// </summary>
    public string? HResult { get; set; }

    /// <summary>
    /// The result document that comes with <see cref="HResult"/>. It is used unchanged, even if it is malformed, empty
    /// or large; without it the document names the rule.
    /// </summary>
    public string? ResultDocument { get; set; }

    /// <summary>Seconds that pass before the call is made; at a close, before the handle is really closed.</summary>
    public double? DelaySec { get; set; }

    /// <summary>
    /// The call is made and its completion is never reported; for an exit, waits run into their time-out. Closing the
    /// handle, a service disconnect and the end of the host end the wait.
    /// </summary>
    public bool LostNotification { get; set; }

    /// <summary>Seconds by which the completion of the call, or the exit, is reported too late.</summary>
    public double? LateNotificationSec { get; set; }

    /// <summary>
    /// The call is made, and its report comes twice: the event of the container for Start, Pause, Resume and
    /// CreateProcess; the exit for Wait and ProcessWait.
    /// </summary>
    public bool RepeatedNotification { get; set; }

    /// <summary>
    /// The call is made, and answered with this document instead of the document of the service, even if it is
    /// malformed, empty or large: one ContainerProperties for Properties, Statistics, ProcessList, MappedVirtualDisks
    /// and HasPendingUpdates, a list of them for Enumerate, the exit status for Wait.
    /// </summary>
    public string? Answer { get; set; }

    /// <summary>
    /// The service disconnects at the call. The call, every running call, every wait and every watch end with
    /// HCS_E_SERVICE_DISCONNECT, and no earlier handle can be used any more. Handles that are opened afterwards work.
    /// </summary>
    public bool ServiceDisconnect { get; set; }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Operation}, {(Nth is { } nth ? Text($"call {nth}") : "every call")}: {string.Join(", ", Effects())}";

    private IEnumerable<string> Effects()
    {
        if (HResult is not null)
        {
            yield return HResult;
        }

        if (ResultDocument is { } document)
        {
            yield return Text($"result document of {document.Length} characters");
        }

        if (DelaySec is { } delay)
        {
            yield return Text($"{delay} s delay");
        }

        if (LostNotification)
        {
            yield return "lost notification";
        }

        if (LateNotificationSec is { } late)
        {
            yield return Text($"notification {late} s late");
        }

        if (RepeatedNotification)
        {
            yield return "notification twice";
        }

        if (Answer is { } answer)
        {
            yield return Text($"answer of {answer.Length} characters");
        }

        if (ServiceDisconnect)
        {
            yield return "service disconnect";
        }
    }

    private static string Text(System.FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
