using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests;

/// <summary>
/// Tests that every test that runs commands uses a <see cref="Session"/>, which counts the objects that the commands
/// open and asserts that nothing is left. The classes without a session are listed here, each with its reason.
/// </summary>
public sealed class UncountedTests
{
    private const string OtherProcess =
        "Its commands run in a PowerShell process of their own, whose end closes everything; a session it has beside is counted.";

    private const string OfItsOwn = "Its sessions are its own, and each is counted at its end.";

    private const string NoCommand = "It runs no command of the module.";

    private static readonly Dictionary<string, string[]> s_uncounted = new()
    {
        [OtherProcess] =
        [
            "AfterDisconnectTests", "ByteStreamTests", "ConfirmationTests", "CultureTests", "DefaultHostTests",
            "EnterContainerTests", "FleetFailureTests", "FleetMatrixTests", "FleetMergeTests", "FleetOciTests", "FleetRoleTests", "FleetRunbookTests", "FleetSameIdTests", "FleetSshdTests", "FleetStopTests", "FleetTests",
            "FleetThrottleTests", "FormattingTests", "ImportTests", "KilledSessionTests", "LeftBehindTests", "LongLineTests",
            "LongSessionTests", "NativeFaultMatrixTests", "NativeLayerTests", "NativeMachineTests", "NativeNetworkTests", "NullWalkTests",
            "OciLackTests", "OciTests", "OtherComputerTests", "OvertakenTests", "PackageTests", "PesterTests", "PromptTests", "RemotingTests", "RunTests",
            "ScriptAnalyzerTests", "SessionLimitTests",
            "ShowStatisticsTests", "UpdateTests",
        ],
        [OfItsOwn] = ["FaultMatrixTests", "RunspacesTests"],
        [NoCommand] =
        [
            "CompiledHelpTests", "FramePainterTests", "LaunchTests", "PerformancePageTests", "QuantityTests", "ReferenceTests", "RingTests",
            "ScriptTests", "SparklineTests", "StatisticsFrameTests", "StatisticsOrderTests",
            "StatisticsRowTests", "UncountedTests", "WaitTests",
        ],
    };

    [Fact]
    public void Every_class_of_tests_is_counted_or_is_named_with_its_reason() => Assert.Equal(
        s_uncounted.Values.SelectMany(names => names).Order().ToArray(),
        typeof(UncountedTests).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && type.GetMethods().Any(IsTest) && !HasSession(type))
            .Select(type => type.Name)
            .Order()
            .ToArray());

    private static bool IsTest(MethodInfo method) => method.GetCustomAttributes().Any(attribute => attribute is FactAttribute);

    // The class gets a session, or it or one of its constructor arguments holds one.
    private static bool HasSession(Type type) => type.GetConstructors()
        .SelectMany(constructor => constructor.GetParameters()).Select(parameter => parameter.ParameterType)
        .Any(given => given == typeof(Session) || HoldsSession(given)) || HoldsSession(type);

    private static bool HoldsSession(Type type) => type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic)
        .Any(field => field.FieldType == typeof(Session));
}
