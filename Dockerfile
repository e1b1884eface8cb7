# docker build -t caretaker:0.1.0 .
FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /src
COPY pom.xml ./
COPY .mvn .mvn
COPY src src
COPY crds crds
COPY examples examples
RUN mvn -B -ntp -DskipTests package

FROM eclipse-temurin:17-jre
COPY --from=build /src/target/caretaker.jar /app/caretaker.jar
COPY --from=build /src/target/lib /app/lib
USER 65532:65532
# Small: one collector thread, one compiler, a bounded heap. Out of memory ends it, and the other
# process takes over; what is held stays held.
ENTRYPOINT ["java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx96m", \
    "-XX:MaxMetaspaceSize=96m", "-XX:-UsePerfData", "-XX:+ExitOnOutOfMemoryError", \
    "-jar", "/app/caretaker.jar"]
CMD ["run"]
