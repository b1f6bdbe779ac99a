using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace HcsPowerShell.Embedded.Service.Execution;

/// <summary>Splits and joins command lines by the rules of CommandLineToArgvW; never by a shell.</summary>
internal static class CommandLineArguments
{
    /// <summary>Splits a command line into its arguments, argument 0 first.</summary>
    public static IReadOnlyList<string> Split(string commandLine)
    {
        var arguments = new List<string>();
        int at = 0;
        string text = commandLine.TrimStart(' ', '\t');
        if (text.Length > 0)
        {
            arguments.Add(ReadProgram(text, ref at));
        }

        while (SkipBlanks(text, ref at))
        {
            arguments.Add(ReadArgument(text, ref at));
        }

        return arguments;
    }

    /// <summary>Joins arguments to a command line that splits into the same arguments again.</summary>
    public static string Join(IEnumerable<string> arguments) =>
        string.Join(" ", arguments.Select((argument, number) => number == 0 ? QuoteProgram(argument) : Quote(argument)));

    // Argument 0 has no escapes: it ends at the closing quote, or at the first blank when it is not quoted.
    private static string ReadProgram(string text, ref int at)
    {
        bool quoted = text[0] == '"';
        int start = quoted ? 1 : 0;
        int end = text.IndexOfAny(quoted ? ['"'] : [' ', '\t'], start);
        end = end < 0 ? text.Length : end;
        at = quoted && end < text.Length ? end + 1 : end;
        return text.Substring(start, end - start);
    }

    private static string ReadArgument(string text, ref int at)
    {
        var argument = new StringBuilder();
        bool quoted = false;
        while (at < text.Length && (quoted || text[at] is not (' ' or '\t')))
        {
            int backslashes = CountBackslashes(text, at);
            at += backslashes;
            bool beforeQuote = at < text.Length && text[at] == '"';
            argument.Append('\\', beforeQuote ? backslashes / 2 : backslashes);
            if (beforeQuote)
            {
                ReadQuote(text, ref at, backslashes % 2 == 1, argument, ref quoted);
            }
            else if (backslashes == 0)
            {
                argument.Append(text[at++]);
            }
        }

        return argument.ToString();
    }

    private static void ReadQuote(string text, ref int at, bool escaped, StringBuilder argument, ref bool quoted)
    {
        // Two quotes inside quotes are one quote and end the quoting: CommandLineToArgvW differs here from the C
        // runtime.
        bool doubled = quoted && !escaped && at + 1 < text.Length && text[at + 1] == '"';
        if (escaped || doubled)
        {
            argument.Append('"');
        }

        quoted = escaped ? quoted : !quoted;

        at += doubled ? 2 : 1;
    }

    private static bool SkipBlanks(string text, ref int at)
    {
        while (at < text.Length && text[at] is ' ' or '\t')
        {
            at++;
        }

        return at < text.Length;
    }

    private static int CountBackslashes(string text, int at)
    {
        int end = at;
        while (end < text.Length && text[end] == '\\')
        {
            end++;
        }

        return end - at;
    }

    // In argument 0 a backslash before the closing quote is a plain backslash; argument 0 cannot contain a quote.
    private static string QuoteProgram(string program) =>
        program.IndexOf('"') < 0 && program.IndexOfAny([' ', '\t']) >= 0 ? $"\"{program}\"" : Quote(program);

    private static string Quote(string argument)
    {
        if (argument.Length > 0 && argument.IndexOfAny([' ', '\t', '"']) < 0)
        {
            return argument;
        }

        var quoted = new StringBuilder("\"");
        for (int at = 0; at < argument.Length;)
        {
            int backslashes = CountBackslashes(argument, at);
            at += backslashes;
            bool doubled = at == argument.Length || argument[at] == '"';
            quoted.Append('\\', doubled ? backslashes * 2 : backslashes);
            if (at < argument.Length)
            {
                quoted.Append(argument[at] == '"' ? "\\\"" : argument[at].ToString());
                at++;
            }
        }

        return quoted.Append('"').ToString();
    }
}
