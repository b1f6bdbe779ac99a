using System;
using System.Management.Automation;
using System.Text;

namespace HcsPowerShell.Execution;

/// <summary>Turns a pipeline object into the bytes a process reads.</summary>
internal static class ProcessInput
{
    /// <summary>Bytes stay as they are; anything else is its text and an end of line.</summary>
    public static byte[] Encode(object? value, Encoding encoding)
    {
        object? plain = value is PSObject wrapped ? wrapped.BaseObject : value;
        return plain switch
        {
            byte[] bytes => bytes,
            byte single => [single],
            _ => encoding.GetBytes(LanguagePrimitives.ConvertTo<string>(value) + Environment.NewLine),
        };
    }
}
