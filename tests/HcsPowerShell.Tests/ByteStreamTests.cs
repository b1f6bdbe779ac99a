using System;
using System.IO;
using System.Security.Cryptography;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests;

/// <summary>Tests that bytes pass through a process unchanged, in any number, in constant memory.</summary>
public sealed class ByteStreamTests
{
    private const int Megabytes = 200;

    // Enough for PowerShell itself, but less than the data: code that kept the data would run out of memory.
    private const string HeapLimit = "0x8000000";

    [Fact]
    public void A_large_file_comes_through_a_process_as_it_went_in()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The process of this test is one of Linux.");
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.Path, "random");
        string hash = Fill(file);
        (var output, string error) = Pwsh.Run(
            $$"""
            $hash = [Security.Cryptography.IncrementalHash]::CreateHash('SHA256')
            $container = New-HcsContainer -Start
            & {
                $stream = [IO.File]::OpenRead('{{file}}')
                $buffer = [byte[]]::new(1MB)
                while ($stream.Read($buffer, 0, $buffer.Length) -gt 0) { , $buffer.Clone() }
            } | Invoke-HcsProcess $container cat -AsByteStream | ForEach-Object { $hash.AppendData($_) }
            [BitConverter]::ToString($hash.GetHashAndReset())
            """,
            ("HCS_HOST", "embedded"),
            ("DOTNET_GCHeapHardLimit", HeapLimit));
        Assert.Empty(error);
        Assert.Equal(hash, output[0].Trim());
    }

    private static string Fill(string file)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using FileStream stream = File.Create(file);
        var random = new Random(1);
        byte[] buffer = new byte[1024 * 1024];
        for (int megabyte = 0; megabyte < Megabytes; megabyte++)
        {
            random.NextBytes(buffer);
            hash.AppendData(buffer);
            stream.Write(buffer);
        }

        return BitConverter.ToString(hash.GetHashAndReset());
    }
}
