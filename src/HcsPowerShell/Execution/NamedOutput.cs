using System.Collections.Generic;
using System.Management.Automation;

namespace HcsPowerShell.Execution;

/// <summary>The output of a command on another computer: each line for people begins with the name of the host.</summary>
/// <param name="name">The name of the host.</param>
/// <param name="output">The output of the command here.</param>
internal sealed class NamedOutput(string name, ICommandOutput output) : ICommandOutput
{
    public long Held => output.Held;

    public void Object(object value) => output.Object(value);

    public void Objects(IReadOnlyList<object> values) => output.Objects(values);

    public void Error(ErrorRecord record) => output.Error(record);

    public void StandardError(string line, HcsProcess process) => output.StandardError(line, process);

    public void Warning(string message) => output.Warning(Named(message));

    public void Verbose(string message) => output.Verbose(Named(message));

    public void Debug(string message) => output.Debug(Named(message));

    // Each host has a bar of its own.
    public void Progress(ProgressRecord record) => output.Progress(
        new ProgressRecord((name, record.ActivityId).GetHashCode() & 0x7FFF, Named(record.Activity), record.StatusDescription)
        {
            CurrentOperation = record.CurrentOperation,
            PercentComplete = record.PercentComplete,
            RecordType = record.RecordType,
            SecondsRemaining = record.SecondsRemaining,
        });

    private string Named(string message) => $"[{name}] {message}";
}
