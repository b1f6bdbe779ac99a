namespace HcsPowerShell.Report;

/// <summary>The host of a container in a report: containers on two hosts may have the same id.</summary>
/// <param name="Instance">
/// Identifies the host across processes; null in data from an older version of the module.
/// </param>
/// <param name="Computer">The name of the computer, if it is known.</param>
/// <param name="Host">The name of the host on that computer.</param>
internal sealed record ReportPlace(string? Instance, string? Computer, string? Host)
{
    public static ReportPlace Read(PropertiesOf value) => new(
        value.Text("HostInstance"), value.Text("ComputerName") ?? value.Text("PSComputerName"), value.Text("HcsHost"));

    public override string ToString() => $"{Computer ?? "an unknown computer"}, host {Host ?? "unknown"}";
}
