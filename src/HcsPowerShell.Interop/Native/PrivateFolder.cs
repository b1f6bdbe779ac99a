using System;
using System.Linq;
using System.Runtime.InteropServices;
using HcsPowerShell.Interop.Documents;
using Microsoft.Win32.SafeHandles;
using static HcsPowerShell.Interop.Native.Advapi32;
using static HcsPowerShell.Interop.Native.Kernel32;

namespace HcsPowerShell.Interop.Native;

/// <summary>
/// A folder that only administrators and SYSTEM enter and change, below one in which every user may make folders.
/// </summary>
/// <remarks>
/// Any user can make the folder first. So one that exists is used only if it is no link, and if it belongs to
/// Administrators, to SYSTEM, or to the user of this process when that one is elevated, and so an administrator anyway. Nobody else may change it. An administrator may let others read it, by an entry of the folder
/// itself; an entry that comes from the folder above is nobody's decision, and shows that the folder was made in another
/// way.
/// </remarks>
internal static class PrivateFolder
{
    private const string Administrators = "S-1-5-32-544";
    private const string LocalSystem = "S-1-5-18";

    // Administrators own it, no entry comes from above, and all that is made below has the same rights.
    private const string Rights = "O:BAG:BAD:P(A;OICI;FA;;;BA)(A;OICI;FA;;;SY)";

    private const int FileMissing = 2;
    private const int PathMissing = 3;
    private const int AlreadyExists = 183;
    private const int InvalidOwner = 1307;

    // The head, the longest SID and the longest list.
    private const int MostBytes = 20 + 68 + ushort.MaxValue;

    // TOKEN_USER, with the longest SID behind it.
    private const int MostBytesOfUser = 16 + 68;

    /// <summary>Makes the folder if it does not exist. It is never there with other rights.</summary>
    /// <param name="path">Absolute path; the folder above exists.</param>
    /// <exception cref="HcsException">
    /// The system refuses, or what is there is not to be trusted; the result document tells it.
    /// </exception>
    internal static void Ensure(string path)
    {
        if (!TryCreate(path) && !Exists(path))
        {
            throw Refusal(nameof(CreateDirectoryW), HResult.FileNotFound, $"'{path}' is being deleted.");
        }
    }

    /// <summary>Returns whether the folder exists.</summary>
    /// <param name="path">Absolute path.</param>
    /// <exception cref="HcsException">As for <see cref="Ensure"/>.</exception>
    internal static bool Exists(string path) => NativeCall.Run(nameof(CreateFileW), null, () =>
    {
        // What is asked below is answered for what is open here, whatever the path names by then.
        using SafeFileHandle folder = CreateFileW(
            LongPath.Of(path),
            FILE_READ_ATTRIBUTES | READ_CONTROL,
            FILE_SHARE_ALL,
            default,
            OPEN_EXISTING,
            FILE_FLAG_BACKUP_SEMANTICS | FILE_FLAG_OPEN_REPARSE_POINT,
            default);
        if (folder.IsInvalid)
        {
            return Marshal.GetLastWin32Error() is FileMissing or PathMissing
                ? false
                : throw Failure(nameof(CreateFileW), path);
        }

        if (Reason(folder, path) is { } reason)
        {
            throw Refusal(
                nameof(CreateFileW),
                HResult.AccessDenied,
                $"'{path}' {reason}, and any user can have put it there. Look at what it holds, delete it, and try again.");
        }

        return true;
    });

    private static bool TryCreate(string path) => NativeCall.Run(nameof(CreateDirectoryW), null, () =>
    {
        Check(
            nameof(ConvertStringSecurityDescriptorToSecurityDescriptorW),
            path,
            ConvertStringSecurityDescriptorToSecurityDescriptorW(
                Rights, SDDL_REVISION_1, out SafeSecurityDescriptor rights, IntPtr.Zero));
        using (rights)
        {
            SECURITY_ATTRIBUTES attributes = new()
            {
                nLength = (uint)Marshal.SizeOf<SECURITY_ATTRIBUTES>(),
                lpSecurityDescriptor = rights.DangerousGetHandle(),
            };
            return CreateDirectoryW(LongPath.Of(path), ref attributes) != 0
                || (Marshal.GetLastWin32Error() == AlreadyExists ? false : throw Failure(nameof(CreateDirectoryW), path));
        }
    });

    /// <summary>Returns why what is open is not to be trusted; null if it is.</summary>
    private static string? Reason(SafeFileHandle folder, string path)
    {
        Check(
            nameof(GetFileInformationByHandleEx),
            path,
            GetFileInformationByHandleEx(
                folder,
                FILE_INFO_BY_HANDLE_CLASS.FileAttributeTagInfo,
                out FILE_ATTRIBUTE_TAG_INFO info,
                (uint)Marshal.SizeOf<FILE_ATTRIBUTE_TAG_INFO>()));
        if ((info.FileAttributes & (FILE_ATTRIBUTE_DIRECTORY | FILE_ATTRIBUTE_REPARSE_POINT)) != FILE_ATTRIBUTE_DIRECTORY)
        {
            return "is a file or a link, not a folder";
        }

        var bytes = new byte[MostBytes];
        Check(
            nameof(GetKernelObjectSecurity),
            path,
            GetKernelObjectSecurity(
                folder, OWNER_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION, bytes, MostBytes, out _));
        var security = new SecurityDescriptor(bytes);
        string? user = ElevatedUser(path);
        bool IsTrusted(string sid) => sid is Administrators or LocalSystem || sid == user;
        return !IsTrusted(security.Owner) ? $"belongs to {security.Owner}"
            : security.Writers.FirstOrDefault(sid => !IsTrusted(sid)) is { } writer ? $"can be changed by {writer}"
            : null;
    }

    /// <summary>Returns the user of this process; null unless he is elevated.</summary>
    private static string? ElevatedUser(string path)
    {
        Check(
            nameof(OpenProcessToken),
            path,
            OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, out SafeTokenHandle token));
        IntPtr information = Marshal.AllocHGlobal(MostBytesOfUser);
        try
        {
            Read(TOKEN_INFORMATION_CLASS.TokenElevation, sizeof(uint));
            if (Marshal.ReadInt32(information) == 0)
            {
                return null;
            }

            Read(TOKEN_INFORMATION_CLASS.TokenUser, MostBytesOfUser);
            IntPtr sid = Marshal.ReadIntPtr(information);
            var bytes = new byte[8 + (4 * Marshal.ReadByte(sid, 1))];
            Marshal.Copy(sid, bytes, 0, bytes.Length);
            return SecurityDescriptor.Sid(bytes, 0);
        }
        finally
        {
            Marshal.FreeHGlobal(information);
            token.Dispose();
        }

        void Read(TOKEN_INFORMATION_CLASS of, uint size) => Check(
            nameof(GetTokenInformation), path, GetTokenInformation(token, of, information, size, out _));
    }

    private static void Check(string function, string path, int succeeded)
    {
        if (succeeded == 0)
        {
            throw Failure(function, path);
        }
    }

    private static HcsException Failure(string function, string path)
    {
        // Only an administrator may make what belongs to Administrators.
        int hresult = Marshal.GetLastWin32Error() == InvalidOwner
            ? HResult.AccessDenied
            : Marshal.GetHRForLastWin32Error();
        return Refusal(function, hresult, $"'{path}' is not made or used.");
    }

    private static HcsException Refusal(string function, int hresult, string message) => new(
        function, hresult, null, HcsJson.Write(new ResultError { Error = hresult, ErrorMessage = message }));
}
