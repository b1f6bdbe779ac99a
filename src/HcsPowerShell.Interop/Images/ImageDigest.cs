using System;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace HcsPowerShell.Interop.Images;

/// <summary>Digests by SHA-256, the only ones in use: <c>sha256:</c> and 64 lower-case digits.</summary>
internal static class ImageDigest
{
    private const string Prefix = "sha256:";
    private const int Digits = 64;

    /// <summary>Returns the digits of a digest; null when it is none. They are safe as the name of a file.</summary>
    public static string? HexOf(string? digest) =>
        digest?.StartsWith(Prefix, StringComparison.Ordinal) == true && IsHex(digest.Substring(Prefix.Length))
            ? digest.Substring(Prefix.Length)
            : null;

    /// <summary>True for the digits of a digest.</summary>
    public static bool IsHex(string text) =>
        text.Length == Digits && text.All(digit => digit is (>= '0' and <= '9') or (>= 'a' and <= 'f'));

    /// <summary>Returns the digest with these digits.</summary>
    public static string OfHex(string hex) => Prefix + hex;

    /// <summary>Computes the digest of a file that was read.</summary>
    public static string Of(byte[] content)
    {
        using SHA256 sha = SHA256.Create();
        return sha.ComputeHash(content).Aggregate(
            new StringBuilder(Prefix), (text, part) => text.Append($"{part:x2}")).ToString();
    }
}
