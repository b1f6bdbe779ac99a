using System.IO;
using System.Text;

namespace HcsPowerShell.Report;

/// <summary>Writes the file of a report.</summary>
internal static class ReportFile
{
    public static void Write(string file, string text, bool force, bool noClobber)
    {
        FileAttributes? readOnly = null;
        if (force && File.Exists(file) && (File.GetAttributes(file) & FileAttributes.ReadOnly) != 0)
        {
            readOnly = File.GetAttributes(file);
            File.SetAttributes(file, readOnly.Value & ~FileAttributes.ReadOnly);
        }

        try
        {
            using var stream = new FileStream(file, noClobber ? FileMode.CreateNew : FileMode.Create, FileAccess.Write);
            using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            writer.Write(text);
        }
        finally
        {
            if (readOnly is { } before)
            {
                File.SetAttributes(file, before);
            }
        }
    }
}
