using System;
using System.Collections;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text;
using System.Threading;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Embedded.Windows;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Tests.Windows;

/// <summary>
/// The programs that the tests run: this executable, which its first argument turns into one of them.
/// </summary>
internal static class ChildProgram
{
    internal const string Marker = "--child";

    [ModuleInitializer]
    internal static void RunWhenAsked()
    {
        string[] arguments = Environment.GetCommandLineArgs();
        if (arguments.Length > 2 && arguments[1] == Marker)
        {
            Environment.Exit(Run(arguments[2], arguments[3..]));
        }
    }

    private static int Run(string program, string[] arguments) => program switch
    {
        "exit" => unchecked((int)uint.Parse(arguments[0], CultureInfo.InvariantCulture)),
        "cat" => Cat(),
        "arguments" => Print(string.Join('|', arguments)),
        "both" => Both(),
        "empty" => WriteNothingThenSomething(),
        "folder" => Print(Environment.CurrentDirectory),
        "environment" => PrintEnvironment(),
        "burn" => Burn(),
        "count" => Count(),
        "sleep" => Sleep(),
        "parent" => Parent(),
        "owner" => Owner(),
        _ => throw new ArgumentException(program),
    };

    private static int Cat()
    {
        using Stream input = Console.OpenStandardInput();
        using Stream output = Console.OpenStandardOutput();
        input.CopyTo(output);
        return 0;
    }

    private static int Print(string text)
    {
        using Stream output = Console.OpenStandardOutput();
        output.Write(Encoding.UTF8.GetBytes(text + '\n'));
        return 0;
    }

    private static int Both()
    {
        Console.Out.Write("to output");
        Console.Error.Write("to error");
        return 0;
    }

    private static int WriteNothingThenSomething()
    {
        using FileStream output = new(
            new Microsoft.Win32.SafeHandles.SafeFileHandle(TestNative.GetStdHandle(-11), ownsHandle: false),
            FileAccess.Write,
            bufferSize: 0);
        output.Write("before"u8);
        Thread.Sleep(200);
        if (!TestNative.WriteFile(output.SafeFileHandle, [], 0, out _, IntPtr.Zero))
        {
            return 1;
        }

        Thread.Sleep(200);
        output.Write("after"u8);
        return 0;
    }

    private static int PrintEnvironment()
    {
        var variables = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(variable => $"{variable.Key}={variable.Value}");
        return Print(string.Join('\n', variables.Order(StringComparer.Ordinal)));
    }

    private static int Burn()
    {
        Console.Out.WriteLine("burning");
        while (true)
        {
            Thread.SpinWait(1000);
        }
    }

    private static int Count()
    {
        for (int i = 0; ; i++)
        {
            Console.Out.WriteLine(i);
            Thread.Sleep(20);
        }
    }

    private static int Sleep()
    {
        Console.Out.WriteLine("sleeping");
        Thread.Sleep(Timeout.Infinite);
        return 0;
    }

    private static int Parent()
    {
        using Process child = Process.Start(
            new ProcessStartInfo(Environment.ProcessPath!, [Marker, "sleep"]) { RedirectStandardOutput = true })!;
        _ = child.StandardOutput.ReadLine();
        Console.Out.WriteLine(child.Id);
        return Sleep();
    }

    /// <summary>Holds a sandbox and never releases it. It needs no pause before the test kills it.</summary>
    private static int Owner()
    {
        WindowsProcessIsolation isolation = new();
        ISandbox sandbox = isolation.CreateSandbox("owned", new ContainerConfig());
        ISandboxProcess process = sandbox.Start(Child.Of("parent") with { StandardOutput = true });
        using StreamReader output = new(process.StandardOutput!);
        Console.Out.WriteLine(process.ProcessId);
        Console.Out.WriteLine(output.ReadLine());
        Thread.Sleep(Timeout.Infinite);
        GC.KeepAlive(sandbox);
        GC.KeepAlive(isolation);
        return 0;
    }
}
