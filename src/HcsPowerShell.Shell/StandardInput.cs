using System;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using System.Threading;

namespace HcsPowerShell.Shell;

/// <summary>Redirected standard input as the <c>$input</c> of a script.</summary>
internal static class StandardInput
{
    /// <summary>Whether there is input and a script, known by its text or its file, asks for it.</summary>
    public static bool IsWantedBy(string? text, string? file)
    {
        if (!Console.IsInputRedirected)
        {
            return false;
        }

        ScriptBlockAst script = text is null ? Parser.ParseFile(file, out _, out _) : Parser.ParseInput(text, out _, out _);
        return script.Find(IsInputVariable, searchNestedScriptBlocks: false) is not null;
    }

    /// <summary>Hands lines to a pipeline as they come, from a thread of its own.</summary>
    public static void Feed(PipelineWriter writer)
    {
        var reader = new Thread(() => Copy(writer)) { IsBackground = true };
        reader.Start();
    }

    private static bool IsInputVariable(Ast node) =>
        node is VariableExpressionAst variable
        && variable.VariablePath.UserPath.Equals("input", StringComparison.OrdinalIgnoreCase);

    private static void Copy(PipelineWriter writer)
    {
        try
        {
            while (Console.In.ReadLine() is { } line)
            {
                writer.Write(line);
            }

            writer.Close();
        }
        catch (PipelineClosedException)
        {
            // The script has ended before its input; the rest is nobody's.
        }
    }
}
