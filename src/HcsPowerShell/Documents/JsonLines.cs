using System;
using System.Management.Automation;
using System.Text;
using System.Text.Json;

namespace HcsPowerShell.Documents;

/// <summary>
/// Puts documents together from a pipeline of strings, which may hold one document each or, as Get-Content writes it,
/// one line each. Every line is looked at once.
/// </summary>
internal sealed class JsonLines
{
    private readonly StringBuilder _text = new();
    // How deep a document may be, its reader says.
    private static readonly JsonReaderState s_start = new(new JsonReaderOptions { MaxDepth = int.MaxValue });

    private JsonReaderState _state = s_start;
    private byte[] _unread = [];
    private bool _completed;

    /// <summary>What has come of a document that is not complete; null when there is no such document.</summary>
    /// <remarks>Blank lines are no document, unless nothing else came.</remarks>
    public string? Rest
    {
        get
        {
            string text = _text.ToString();
            return text.Length == 0 || (_completed && string.IsNullOrWhiteSpace(text)) ? null : text;
        }
    }

    /// <summary>Takes anything a document may be given as; only text can come in several parts.</summary>
    public object? Take(object value)
    {
        return (value is PSObject wrapped ? wrapped.BaseObject : value) is string line ? Add(line) : value;
    }

    /// <summary>Takes one string; gives the text of the document it completes, or spoils, and null while it goes on.</summary>
    public string? Add(string line)
    {
        _text.Append(line).Append('\n');
        byte[] bytes = [.. _unread, .. Encoding.UTF8.GetBytes(line), (byte)'\n'];
        if (GoesOn(bytes))
        {
            return null;
        }

        string text = _text.ToString(0, _text.Length - 1);
        _text.Clear();
        _completed = true;
        _state = s_start;
        _unread = [];
        return text;
    }

    private bool GoesOn(byte[] bytes)
    {
        var reader = new Utf8JsonReader(bytes, isFinalBlock: false, _state);
        try
        {
            bool closed = false;
            while (reader.Read())
            {
                closed = reader.CurrentDepth == 0 && reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray);
            }

            _state = reader.CurrentState;
            _unread = bytes.AsSpan((int)reader.BytesConsumed).ToArray();
            return !closed;
        }
        catch (JsonException)
        {
            // Whoever reads the text as a document says what is wrong with it, and where.
            return false;
        }
    }
}
