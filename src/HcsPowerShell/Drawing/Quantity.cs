using System.Globalization;

namespace HcsPowerShell.Drawing;

/// <summary>Formats numbers for a table: three or four digits, with a unit.</summary>
internal static class Quantity
{
    /// <summary>The length of the longest text, such as <c>1023 MB/s</c>.</summary>
    public const int Width = 9;

    private static readonly string[] s_units = ["B", "KB", "MB", "GB", "TB", "PB", "EB"];

    /// <summary>Bytes in units of 1024; a dash when they are not known.</summary>
    public static string Bytes(double? value)
    {
        if (value is not { } bytes)
        {
            return "-";
        }

        int unit = 0;
        while (bytes >= 1023.5 && unit < s_units.Length - 1)
        {
            bytes /= 1024;
            unit++;
        }

        return bytes.ToString(bytes < 9.95 && unit > 0 ? "0.0" : "0", CultureInfo.InvariantCulture) + " " + s_units[unit];
    }

    public static string BytesPerSec(double? value) => value is null ? "-" : Bytes(value) + "/s";

    public static string Percent(double? value) =>
        value is { } percent ? percent.ToString("0.0", CultureInfo.InvariantCulture) + " %" : "-";
}
