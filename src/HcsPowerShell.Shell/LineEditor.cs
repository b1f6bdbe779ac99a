using System;
using System.Collections.Generic;
using System.Text;

namespace HcsPowerShell.Shell;

/// <summary>
/// Reads a line from the terminal key by key, because a line read by the console cannot be given up on Ctrl+C.
/// </summary>
internal sealed class LineEditor(ConsoleOutput output)
{
    private const int LeastRoom = 8;
    private readonly List<string> _history = [];

    /// <summary>Reads one line after the prompt. The history takes lines by <see cref="Remember"/> only.</summary>
    public LineRead Read(string prompt, bool isSecret = false)
    {
        if (!output.SupportsVirtualTerminal)
        {
            output.Write(prompt);
            string? line = Console.ReadLine();
            output.LineWasEnded();
            return line is null ? LineRead.EndOfInput : new LineRead(line, IsEndOfInput: false);
        }

        Console.TreatControlCAsInput = true;
        try
        {
            output.Write(prompt);
            return Edit(prompt, isSecret);
        }
        finally
        {
            Console.TreatControlCAsInput = false;
        }
    }

    public void Remember(string line)
    {
        if (line.Length > 0 && (_history.Count == 0 || _history[^1] != line))
        {
            _history.Add(line);
        }
    }

    private LineRead Edit(string prompt, bool isSecret)
    {
        var text = new StringBuilder();
        int cursor = 0;
        int recalled = _history.Count;
        while (true)
        {
            ConsoleKeyInfo key = Console.ReadKey(intercept: true);
            if (key.Modifiers.HasFlag(ConsoleModifiers.Control) && key.Key is ConsoleKey.C or ConsoleKey.D)
            {
                if (key.Key == ConsoleKey.C || text.Length == 0)
                {
                    output.WriteLine(key.Key == ConsoleKey.C ? "^C" : string.Empty);
                    return key.Key == ConsoleKey.C ? LineRead.Interrupted : LineRead.EndOfInput;
                }

                continue;
            }

            switch (key.Key)
            {
                case ConsoleKey.Enter:
                    output.WriteLine(string.Empty);
                    return new LineRead(text.ToString(), IsEndOfInput: false);
                case ConsoleKey.Backspace when cursor > 0:
                    text.Remove(--cursor, 1);
                    break;
                case ConsoleKey.Delete when cursor < text.Length:
                    text.Remove(cursor, 1);
                    break;
                case ConsoleKey.LeftArrow when cursor > 0:
                    cursor--;
                    break;
                case ConsoleKey.RightArrow when cursor < text.Length:
                    cursor++;
                    break;
                case ConsoleKey.Home:
                    cursor = 0;
                    break;
                case ConsoleKey.End:
                    cursor = text.Length;
                    break;
                case ConsoleKey.Escape:
                    text.Clear();
                    cursor = 0;
                    break;
                case ConsoleKey.UpArrow when recalled > 0 && !isSecret:
                    text.Clear().Append(_history[--recalled]);
                    cursor = text.Length;
                    break;
                case ConsoleKey.DownArrow when recalled < _history.Count && !isSecret:
                    text.Clear().Append(++recalled < _history.Count ? _history[recalled] : string.Empty);
                    cursor = text.Length;
                    break;
                default:
                    if (char.IsControl(key.KeyChar))
                    {
                        continue;
                    }

                    text.Insert(cursor++, key.KeyChar);
                    if (!isSecret && cursor == text.Length && cursor < Room(prompt))
                    {
                        output.Draw(key.KeyChar.ToString());
                        continue;
                    }

                    break;
            }

            if (!isSecret)
            {
                Redraw(prompt, text.ToString(), cursor);
            }
        }
    }

    private static string LastLine(string prompt) => prompt[(prompt.LastIndexOf('\n') + 1)..];

    private static int Room(string prompt) =>
        Math.Max(ConsoleOutput.Width - LastLine(prompt).Length - 1, LeastRoom);

    /// <summary>Shows the part of the line around the cursor that fits beside the prompt.</summary>
    private void Redraw(string prompt, string text, int cursor)
    {
        string shownPrompt = LastLine(prompt);
        int room = Room(prompt);
        int start = Math.Max(0, cursor - room + 1);
        string shown = text.Substring(start, Math.Min(room, text.Length - start));
        string before = shown[..(cursor - start)];

        // The terminal knows how wide the characters are, so it is asked to keep the cursor's place.
        output.Draw($"\r\e[K{shownPrompt}{before}\e7{shown[before.Length..]}\e8");
    }
}
