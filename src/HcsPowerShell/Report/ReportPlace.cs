namespace HcsPowerShell.Report;

/// <summary>Where a container of a report lives: containers of two hosts may have one id.</summary>
/// <param name="Instance">Tells the host from every other; null in what an older version of the module gave.</param>
/// <param name="Computer">The computer, as far as it is known.</param>
/// <param name="Host">The name of the host there.</param>
internal sealed record ReportPlace(string? Instance, string? Computer, string? Host)
{
    public static ReportPlace Read(PropertiesOf value) => new(
        value.Text("HostInstance"), value.Text("ComputerName") ?? value.Text("PSComputerName"), value.Text("HcsHost"));

    public override string ToString() => $"{Computer ?? "an unknown computer"}, host {Host ?? "unknown"}";
}
