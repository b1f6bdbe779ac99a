using System;
using System.Globalization;
using System.Management.Automation;
using System.Text;
using HcsPowerShell.Hosts;

namespace HcsPowerShell.Completion;

/// <summary>Converts a PowerShell name, a registered name or a code page to an encoding.</summary>
/// <remarks>
/// The text goes through a pipe, so that <c>utf8BOM</c> means the same as <c>utf8</c>: a byte order mark is taken off
/// output, and none is added to input.
/// </remarks>
[AttributeUsage(AttributeTargets.Property)]
public sealed class EncodingTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = inputData.Unwrap();
        try
        {
            return value switch
            {
                null => null!,
                Encoding encoding => encoding,
                int codePage => Encoding.GetEncoding(codePage),
                _ => ByName(value.ToString() ?? string.Empty),
            };
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw new ArgumentTransformationMetadataException($"'{value}' is not an encoding this machine knows.", e);
        }
    }

    private static Encoding ByName(string name) => name.ToUpperInvariant() switch
    {
        "UTF8" or "UTF8NOBOM" or "UTF8BOM" or "DEFAULT" => new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        "UNICODE" or "STRING" or "UNKNOWN" => new UnicodeEncoding(bigEndian: false, byteOrderMark: false),
        "BIGENDIANUNICODE" => new UnicodeEncoding(bigEndian: true, byteOrderMark: false),
        "UTF32" => new UTF32Encoding(bigEndian: false, byteOrderMark: false),
        "BIGENDIANUTF32" => new UTF32Encoding(bigEndian: true, byteOrderMark: false),
        "UTF7" => new UTF7Encoding(),
        "ASCII" => Encoding.ASCII,
        "OEM" => Encoding.GetEncoding(CultureInfo.CurrentCulture.TextInfo.OEMCodePage),
        "ANSI" => Encoding.GetEncoding(CultureInfo.CurrentCulture.TextInfo.ANSICodePage),
        _ => Encoding.GetEncoding(name),
    };
}
