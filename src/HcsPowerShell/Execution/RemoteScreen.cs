using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace HcsPowerShell.Execution;

/// <summary>
/// The screen of a command on another computer, such as for what -WhatIf tells. Nobody can be asked there: the command
/// asks before it goes.
/// </summary>
/// <param name="write">Writes a line; null drops it.</param>
internal sealed class RemoteScreen(Action<string>? write) : PSHost
{
    public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override string Name => nameof(RemoteScreen);

    public override PSHostUserInterface UI { get; } = new Lines(write);

    public override Version Version { get; } = new(1, 0);

    public override void EnterNestedPrompt() => throw new PSNotSupportedException();

    public override void ExitNestedPrompt() => throw new PSNotSupportedException();

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }

    public override void SetShouldExit(int exitCode)
    {
    }

    private sealed class Lines(Action<string>? write) : PSHostUserInterface
    {
        private string _begun = string.Empty;

        public override PSHostRawUserInterface? RawUI => null;

        public override void Write(string value) => _begun += value;

        public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Write(value);

        public override void WriteLine(string value)
        {
            write?.Invoke(_begun + value);
            _begun = string.Empty;
        }

        // These come as records, too.
        public override void WriteErrorLine(string value)
        {
        }

        public override void WriteWarningLine(string message)
        {
        }

        public override void WriteVerboseLine(string message)
        {
        }

        public override void WriteDebugLine(string message)
        {
        }

        public override void WriteProgress(long sourceId, ProgressRecord record)
        {
        }

        public override string ReadLine() => throw new PSNotSupportedException();

        public override SecureString ReadLineAsSecureString() => throw new PSNotSupportedException();

        public override Dictionary<string, PSObject> Prompt(
            string caption, string message, Collection<FieldDescription> descriptions) => throw new PSNotSupportedException();

        public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
            throw new PSNotSupportedException();

        public override PSCredential PromptForCredential(
            string caption,
            string message,
            string userName,
            string targetName,
            PSCredentialTypes allowedCredentialTypes,
            PSCredentialUIOptions options) => throw new PSNotSupportedException();

        public override int PromptForChoice(
            string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice) =>
            throw new PSNotSupportedException();
    }
}
