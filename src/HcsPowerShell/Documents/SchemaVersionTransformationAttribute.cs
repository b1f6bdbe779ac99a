using System;
using System.Globalization;
using System.Management.Automation;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Documents;

/// <summary>Converts a schema version such as 1, 2 or 2.4; 2 means 2.1, the first 2.x version in any release.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SchemaVersionTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = inputData.Unwrap();
        if (value is null)
        {
            return null!;
        }

        string text = value is SchemaVersion typed
            ? $"{typed.Major}.{typed.Minor}"
            : Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty;
        return Parse(text)
            ?? throw new ArgumentTransformationMetadataException($"'{text}' is no HCS schema version; 1, 2 and 2.x are.");
    }

    /// <summary>The schema version that a text names; null when it names none.</summary>
    internal static SchemaVersion? Parse(string text)
    {
        string[] parts = text.Split('.');
        return parts.Length <= 2
            && uint.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out uint major)
            && uint.TryParse(
                parts.Length == 2 ? parts[1] : DefaultMinor(major),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out uint minor)
            && major is 1 or 2
            ? new SchemaVersion { Major = major, Minor = minor }
            : null;
    }

    private static string DefaultMinor(uint major) => major == 2 ? "1" : "0";
}
