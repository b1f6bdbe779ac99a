using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace HcsPowerShell.Shell;

/// <summary>The engine's questions. Where nobody can answer they fail at once.</summary>
internal sealed partial class ShellUserInterface
{
    public override string ReadLine() => Ask(string.Empty);

    public override SecureString ReadLineAsSecureString() => AskSecret(string.Empty);

    public override Dictionary<string, PSObject?> Prompt(
        string caption, string message, Collection<FieldDescription> descriptions)
    {
        RequireUser();
        WriteHeading(caption, message);
        var answers = new Dictionary<string, PSObject?>();
        foreach (FieldDescription field in descriptions)
        {
            answers[field.Name] = PSObject.AsPSObject(AskField(field));
        }

        return answers;
    }

    public override int PromptForChoice(
        string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        RequireUser();
        WriteHeading(caption, message);
        List<ChoiceLabel> labels = [.. choices.Select(ChoiceLabel.From)];
        string question = string.Join("  ", labels) + "  [?] Help"
            + (defaultChoice >= 0 ? $" (default is \"{labels[defaultChoice].Answer}\")" : string.Empty) + ": ";
        while (true)
        {
            string answer = Ask(question).Trim();
            if (answer.Length == 0 && defaultChoice >= 0)
            {
                return defaultChoice;
            }

            int chosen = labels.FindIndex(label => label.IsAnsweredBy(answer));
            if (chosen >= 0)
            {
                return chosen;
            }

            if (answer == "?")
            {
                foreach ((ChoiceLabel label, ChoiceDescription choice) in labels.Zip(choices))
                {
                    WriteLine($"{label.Answer} - {choice.HelpMessage}");
                }
            }
        }
    }

    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName) =>
        PromptForCredential(
            caption, message, userName, targetName, PSCredentialTypes.Default, PSCredentialUIOptions.Default);

    public override PSCredential PromptForCredential(
        string caption,
        string message,
        string userName,
        string targetName,
        PSCredentialTypes allowedCredentialTypes,
        PSCredentialUIOptions options)
    {
        RequireUser();
        WriteHeading(caption, message);
        string user = string.IsNullOrEmpty(userName) ? Ask("User: ") : userName;
        return new PSCredential(user, AskSecret($"Password for user {user}: "));
    }

    private object AskField(FieldDescription field)
    {
        Type type = Type.GetType(field.ParameterAssemblyFullName) ?? typeof(string);
        if (type == typeof(SecureString))
        {
            return AskSecret($"{field.Name}: ");
        }

        if (type == typeof(PSCredential))
        {
            return PromptForCredential(string.Empty, string.Empty, string.Empty, string.Empty);
        }

        if (!type.IsArray)
        {
            return LanguagePrimitives.ConvertTo(Ask($"{field.Name}: "), type, CultureInfo.InvariantCulture);
        }

        // As in pwsh, an empty answer ends the list.
        var items = new List<string>();
        while (Ask($"{field.Name}[{items.Count}]: ") is { Length: > 0 } item)
        {
            items.Add(item);
        }

        return LanguagePrimitives.ConvertTo(items.ToArray(), type, CultureInfo.InvariantCulture);
    }

    private void WriteHeading(string caption, string message)
    {
        foreach (string line in new[] { caption, message }.Where(text => !string.IsNullOrEmpty(text)))
        {
            WriteLine(line);
        }
    }

    private string Ask(string question)
    {
        RequireUser();
        WriteHint();
        return Answer(editor.Read(question));
    }

    private SecureString AskSecret(string question)
    {
        RequireUser();
        WriteHint();
        var secret = new SecureString();
        foreach (char character in Answer(editor.Read(question, isSecret: true)))
        {
            secret.AppendChar(character);
        }

        secret.MakeReadOnly();
        return secret;
    }

    /// <summary>Ctrl+C and the end of the input both stop the command that asked.</summary>
    private static string Answer(LineRead read) => read.Text ?? throw new PipelineStoppedException();

    private void RequireUser()
    {
        if (nonInteractive || Console.IsInputRedirected)
        {
            throw new PSInvalidOperationException(
                "This PowerShell session is not interactive, so nobody can answer: reading and prompting are not available.");
        }
    }
}
